using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Breakwater.Core.Keys;
using Breakwater.Core.Storage;

namespace Breakwater.Benchmarks;

/// <summary>The cipher alone: the bound of what one core can serve or take.</summary>
[MemoryDiagnoser]
public class SegmentCipherBenchmarks
{
    private readonly byte[] _plain = new byte[Segments.PlainSize];
    private readonly byte[] _sealed = new byte[Segments.SealedSize];
    private readonly RootKey _root = new(Guid.NewGuid(), 1, RandomNumberGenerator.GetBytes(RootKey.Size));
    private readonly byte[] _header = new byte[ObjectHeader.Size];
    private SegmentCipher _cipher = null!;

    [GlobalSetup]
    public void Prepare()
    {
        ObjectHeader.Write(_header, 1, Guid.NewGuid(), Guid.NewGuid());
        _cipher = new SegmentCipher(_root, _header);
        Seal();
    }

    [GlobalCleanup]
    public void Close() => _cipher.Dispose();

    [Benchmark]
    public void Seal() => _cipher.Seal(1, last: false, _plain, _sealed);

    [Benchmark]
    public bool Open() => _cipher.TryOpen(1, last: false, _sealed, _plain);

    /// <summary>Derives an object's key: the fixed price of every small object.</summary>
    [Benchmark]
    public void DeriveKey()
    {
        using var cipher = new SegmentCipher(_root, _header);
    }
}
