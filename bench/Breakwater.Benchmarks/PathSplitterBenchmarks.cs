using BenchmarkDotNet.Attributes;
using Breakwater.Oci;

namespace Breakwater.Benchmarks;

/// <summary>Runs on every request to <c>/v2/</c>, before anything else looks at it.</summary>
[MemoryDiagnoser]
public class PathSplitterBenchmarks
{
    private const string Digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Params("/v2/app/manifests/latest", "/v2/team/app/blobs/" + Digest, "/v2/team%2Fapp/manifests/sha256%3A" + "e3b0c442", "/v2/a/b/c/d/e/f/g/tags/list")]
    public string Path { get; set; } = "";

    [Benchmark]
    public PathSplitResult Split() => RepositoryPathSplitter.Split(Path);
}
