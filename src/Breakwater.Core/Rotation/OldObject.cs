using Breakwater.Core.Blobs;

namespace Breakwater.Core.Rotation;

/// <summary>A blob's object that is under an old root key.</summary>
internal sealed record OldObject
{
    public Guid Id { get; init; }

    public string Digest { get; init; } = "";

    public int Epoch { get; init; }

    public long SizeBytes { get; init; }

    public ObjectRow ToRow() => new() { Id = Id, Epoch = Epoch, SizeBytes = SizeBytes };
}
