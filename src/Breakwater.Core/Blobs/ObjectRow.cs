namespace Breakwater.Core.Blobs;

/// <summary>A row of <c>object</c>.</summary>
internal sealed record ObjectRow
{
    public Guid Id { get; init; }

    public int Epoch { get; init; }

    /// <summary>Of all parts together.</summary>
    public long SizeBytes { get; init; }

    public bool IsDamaged { get; init; }
}
