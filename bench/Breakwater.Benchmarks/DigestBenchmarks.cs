using BenchmarkDotNet.Attributes;
using Breakwater.Oci;

namespace Breakwater.Benchmarks;

/// <summary>Hashing is the largest part of a push's processor time; parsing stands on every path with a digest.</summary>
[MemoryDiagnoser]
public class DigestBenchmarks
{
    private const string Text = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private readonly byte[] _content = new byte[1024 * 1024];

    [Benchmark]
    public Digest Sha256OfOneMebibyte() => Digest.Of(DigestAlgorithm.Sha256, _content);

    [Benchmark]
    public Digest Sha512OfOneMebibyte() => Digest.Of(DigestAlgorithm.Sha512, _content);

    [Benchmark]
    public bool Parse() => Digest.TryParse(Text, out _);
}
