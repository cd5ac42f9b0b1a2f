using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Hosting;

/// <summary>The buffers between sockets and requests, in larger blocks than Kestrel's own of 4 KiB, which cost a system call for each 4 KiB of a body.</summary>
/// <remarks>
/// A connection that sends nothing holds no block; one that dribbles a request holds a small one. So small blocks are what an attacker can make
/// the server hold per connection, and stay at 16 KiB: larger ones measured no faster. Large blocks take a segment of content each.
/// </remarks>
internal sealed class TransportMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    internal const int SmallBlock = 16 << 10, LargeBlock = 64 << 10;

    // 32 MiB of each size stay for the next burst; what a burst took beyond that goes back to the collector.
    private readonly FreeBlocks _small = new(SmallBlock, most: 2048), _large = new(LargeBlock, most: 512);

    public override int MaxBufferSize => LargeBlock;

    /// <summary>One pool for all listeners.</summary>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, LargeBlock);
        return (minBufferSize <= SmallBlock ? _small : _large).Take();
    }

    // Shared by all listeners for as long as the process lives: one that closes must not take it from the others.
    protected override void Dispose(bool disposing)
    {
    }

    private sealed class FreeBlocks(int size, int most)
    {
        private readonly ConcurrentQueue<Block> _free = new();
        private int _count;

        public Block Take()
        {
            if (!_free.TryDequeue(out var block))
                return new Block(this, size);
            Interlocked.Decrement(ref _count);
            return block.Lend();
        }

        public void Put(Block block)
        {
            if (Interlocked.Increment(ref _count) <= most)
                _free.Enqueue(block);
            else
                Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Block(FreeBlocks home, int size) : IMemoryOwner<byte>
    {
        private bool _isLent = true;

        // Pinned for good: sockets read and write it without pinning it each time.
        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(size, pinned: true), 0, size);

        public Block Lend()
        {
            Volatile.Write(ref _isLent, true);
            return this;
        }

        public void Dispose()
        {
            // Twice in the queue it would serve two connections at once.
            if (Interlocked.Exchange(ref _isLent, false))
                home.Put(this);
        }
    }
}
