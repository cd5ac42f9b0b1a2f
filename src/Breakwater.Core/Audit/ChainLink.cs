namespace Breakwater.Core.Audit;

/// <summary>Where a chain stands: the number and the hash of a record.</summary>
internal sealed record ChainLink(long Sequence, ReadOnlyMemory<byte> Hash)
{
    /// <summary>Before the first record.</summary>
    public static readonly ChainLink Genesis = new(0, new byte[ChainHash.Size]);

    public bool Is(ChainLink other) => Sequence == other.Sequence && Hash.Span.SequenceEqual(other.Hash.Span);
}
