namespace Breakwater.Core.SoftDelete;

/// <summary>A blob that the recycle bin keeps for a manifest.</summary>
internal sealed record KeptBlob
{
    public string Digest { get; init; } = "";

    public Guid Id { get; init; }

    public int Epoch { get; init; }

    public long SizeBytes { get; init; }
}
