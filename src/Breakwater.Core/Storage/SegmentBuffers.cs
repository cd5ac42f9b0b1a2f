using Microsoft.Extensions.ObjectPool;

namespace Breakwater.Core.Storage;

/// <summary>
/// What transfers read and write through. Buffers of this size live on the large object heap, so they are kept for the next transfer; what
/// a burst took beyond that goes back to the collector.
/// </summary>
internal static class SegmentBuffers
{
    /// <summary>Segments per call to the store: fewer calls than one each, and little memory per transfer.</summary>
    public const int Batch = 4;

    private const int Kept = 128;

    /// <summary>One plain segment each.</summary>
    public static ObjectPool<byte[]> Plain { get; } = new DefaultObjectPool<byte[]>(new Policy(Segments.PlainSize), Kept);

    /// <summary>A batch of sealed segments each, and a header before them.</summary>
    public static ObjectPool<byte[]> Sealed { get; } = new DefaultObjectPool<byte[]>(new Policy(ObjectHeader.Size + Batch * Segments.SealedSize), Kept);

    private sealed class Policy(int size) : PooledObjectPolicy<byte[]>
    {
        public override byte[] Create() => GC.AllocateUninitializedArray<byte>(size);

        public override bool Return(byte[] obj) => true;
    }
}
