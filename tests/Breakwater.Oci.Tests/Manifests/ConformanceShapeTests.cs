using System.Text;

namespace Breakwater.Oci.Tests.Manifests;

/// <summary>The shapes that the distribution specification's conformance suite pushes (conformance/testdata.go, run.go), written as Go writes them.</summary>
public sealed class ConformanceShapeTests
{
    private const string ExampleType = "application/vnd.example.oci.conformance.v1";
    private static readonly string Empty = Sample.Descriptor(MediaTypes.OciEmpty, "{}");
    private static readonly string Blob = Sample.Descriptor(ExampleType, "blob");
    private static readonly string Subject = $",\"subject\":{Sample.Descriptor(MediaTypes.OciManifest, "missing content")}";
    private static readonly string Annotations = ",\"annotations\":{\"org.example.ABC\":\"DEF\",\"org.opencontainers.conformance\":\"hello conformance test\"}";
    private static readonly string ArtifactType = $",\"artifactType\":\"{ExampleType}\"";

    public static TheoryData<string, string, int> Shapes => new()
    {
        { "image", Sample.Image(), 3 },
        { "image-uncompressed", Sample.Image(layers: $"[{Sample.Descriptor(MediaTypes.OciLayer)}]"), 2 },
        { "large-manifest", Sample.Image(LargeAnnotations()), 3 },
        { "index", Sample.Index(manifests: $"[{Platform("amd64")},{Platform("arm64")}]"), 2 },
        { "nested-index", Sample.Index(manifests: $"[{Sample.Descriptor(MediaTypes.OciIndex, "1")},{Sample.Descriptor(MediaTypes.OciIndex, "2")}]"), 2 },
        { "empty-index", Sample.Index(manifests: "[]"), 0 },
        { "artifact", Sample.Image(ArtifactType, Empty, $"[{Blob}]"), 2 },
        { "artifact-index", Sample.Index(ArtifactType), 2 },
        { "artifact-without-layers", Sample.Image(ArtifactType, Empty, $"[{Empty}]"), 2 },
        { "image with subject", Sample.Image(Subject), 4 },
        { "artifacts-with-subject", Sample.Image(ArtifactType + Subject + Annotations, Empty, $"[{Sample.Descriptor("application/octet-stream", "blob")}]"), 3 },
        { "index-with-subject", Sample.Index(ArtifactType + Subject + Annotations), 3 },
        { "data-field", Sample.Image(config: WithData(MediaTypes.OciConfig, "config"), layers: $"[{WithData(MediaTypes.OciLayerGzip, "layer")}]"), 2 },
        { "non-distributable-layers", Sample.Image(layers: $"[{Foreign("+gzip")},{Foreign("")},{Sample.Descriptor(MediaTypes.OciLayerGzip, "z")}]"), 4 },
        { "custom-fields", Sample.Image(",\"org.ABCDEFGHIJKLMNOPQRSTUVWXYZ\":\"QRSTUV\""), 3 },
        { "custom-fields index", Sample.Index(",\"org.ABCDEFGHIJKLMNOPQRSTUVWXYZ\":\"QRSTUV\""), 2 },
        { "no-layers", Sample.Image(layers: "[]"), 1 },
        { "sparse", Sample.Index(manifests: $"[{Platform("amd64")},{Sample.Descriptor(MediaTypes.OciManifest, "random")}]"), 2 },
        { "sha512", Sample.Image(config: Sample.Descriptor(MediaTypes.OciConfig, Sample.Sha512Of("c"), 1), layers: $"[{Sample.Descriptor(MediaTypes.OciLayer, Sample.Sha512Of("l"), 1)}]"), 2 },
        { "whitespace at the end", Sample.Image() + "  ", 3 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Parse_Shape_IsAcceptedWithAndWithoutContentType(string name, string body, int edges)
    {
        var withoutContentType = Sample.Parse(body);
        Assert.True(edges == withoutContentType.Edges.Count, name);
        Assert.Equal(edges, Sample.Parse(body, withoutContentType.MediaType).Edges.Count);
    }

    private static string Platform(string architecture) =>
        Sample.Descriptor(MediaTypes.OciManifest, architecture, $",\"platform\":{{\"architecture\":\"{architecture}\",\"os\":\"linux\"}}");

    private static string WithData(string mediaType, string content) =>
        Sample.Descriptor(mediaType, content, $",\"data\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(content))}\"");

    private static string Foreign(string suffix) =>
        Sample.Descriptor(MediaTypes.OciForeignLayer + suffix, "far" + suffix, ",\"urls\":[\"https://store.example.com/blobs/sha256/abc\"]");

    private static string LargeAnnotations() =>
        $",\"annotations\":{{{string.Join(',', Enumerable.Range(0, 390).Select(i => $"\"large-annotation-{i}\":\"{new string('A', 10_000)}\""))}}}";
}
