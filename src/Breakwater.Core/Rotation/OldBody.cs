namespace Breakwater.Core.Rotation;

/// <summary>A manifest's body that is under an old root key.</summary>
internal sealed record OldBody
{
    /// <summary>Of a manifest of the recycle bin: the name that it was deleted from. Else empty.</summary>
    public string Repository { get; init; } = "";

    public string Digest { get; init; } = "";

    public long SizeBytes { get; init; }

    public int Epoch { get; init; }

    public Guid BodyId { get; init; }

    public byte[] Body { get; init; } = [];
}
