using System.Text;
using BenchmarkDotNet.Attributes;
using Breakwater.Oci;

namespace Breakwater.Benchmarks;

/// <summary>Runs on every push of a manifest; pulls never parse.</summary>
[MemoryDiagnoser]
public class ManifestParsingBenchmarks
{
    private const string ImageManifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";
    private byte[] _body = [];

    [Params(5, 30, 1000)]
    public int Layers { get; set; }

    [GlobalSetup]
    public void Build()
    {
        var layers = string.Join(',', Enumerable.Range(0, Layers).Select(i => Descriptor(Layer, i)));
        _body = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{ImageManifest}}","config":{{Descriptor("application/vnd.oci.image.config.v1+json", -1)}},"layers":[{{layers}}]}""");
    }

    [Benchmark]
    public ParsedManifest Parse() => ManifestParser.Parse(_body, ImageManifest);

    private static string Descriptor(string mediaType, int number) =>
        $$"""{"mediaType":"{{mediaType}}","digest":"{{Digest.Of(DigestAlgorithm.Sha256, BitConverter.GetBytes(number))}}","size":{{1000 + number}}}""";
}
