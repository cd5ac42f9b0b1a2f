using System.Buffers;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

public sealed class TransportMemoryTests
{
    [Theory]
    [InlineData(-1, TransportMemory.SmallBlock)]
    [InlineData(4096, TransportMemory.SmallBlock)]
    [InlineData(TransportMemory.SmallBlock + 1, TransportMemory.LargeBlock)]
    [InlineData(TransportMemory.LargeBlock, TransportMemory.LargeBlock)]
    public void Rent_Size_GivesTheBlockThatFits(int size, int expected)
    {
        using var pool = new TransportMemory();
        using var block = pool.Rent(size);
        Assert.Equal(expected, block.Memory.Length);
    }

    [Fact]
    public void Rent_MoreThanTheLargestBlock_Throws()
    {
        using var pool = new TransportMemory();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(TransportMemory.LargeBlock + 1));
    }

    [Fact]
    public void Rent_AfterABlockCameBack_GivesItAgain()
    {
        using var pool = new TransportMemory();
        var block = pool.Rent(1);
        block.Dispose();
        Assert.Same(block, pool.Rent(1));
    }

    [Fact]
    public void Rent_AfterABlockCameBackTwice_GivesItToOneOnly()
    {
        using var pool = new TransportMemory();
        var block = pool.Rent(1);
        block.Dispose();
        block.Dispose();
        Assert.NotSame(pool.Rent(1), pool.Rent(1));
    }

    [Fact]
    public void Rent_FromManyThreads_NeverGivesABlockToTwo()
    {
        using var pool = new TransportMemory();
        Parallel.For(0, 20_000, i =>
        {
            using IMemoryOwner<byte> block = pool.Rent(16);
            BitConverter.TryWriteBytes(block.Memory.Span, i);
            Thread.SpinWait(20);
            Assert.Equal(i, BitConverter.ToInt32(block.Memory.Span));
        });
    }
}
