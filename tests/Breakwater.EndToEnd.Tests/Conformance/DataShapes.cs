using System.Text.Json.Nodes;
using Breakwater.Testing.Images;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>The shapes of the specification's conformance suite by name, all of its switches on.</summary>
internal static class DataShapes
{
    private const string OtherType = "application/vnd.example.oci.conformance.v2";

    private static readonly RandomContent Content = new(TestSettings.Seed);

    public static readonly IReadOnlyDictionary<string, Func<DataShape>> All = new Dictionary<string, Func<DataShape>>
    {
        ["image"] = () => New(shape => shape.Image("image")),
        ["image-uncompressed"] = () => New(shape => shape.Image("image-uncompressed", compressed: false)),
        ["large-manifest"] = () => New(LargeManifest),
        ["index"] = () => New(shape => shape.PlatformIndex("index")),
        ["nested-index"] = () => New(shape => shape.Index([shape.PlatformIndex().Descriptor, shape.PlatformIndex().Descriptor], "index-of-index")),
        ["empty-index"] = () => New(shape => shape.Index([], "index")),
        ["artifact"] = () => New(shape => shape.Artifact("artifact")),
        ["artifact-index"] = () => New(ArtifactIndex),
        ["artifact-without-layers"] = () => New(shape => shape.Artifact("artifact-without-layers", emptyLayer: true)),
        ["artifacts-with-subject"] = () => New(ArtifactsWithSubject),
        ["index-with-subject"] = () => New(IndexWithSubject),
        ["missing-subject"] = () => New(shape => shape.Artifact("tagged-artifact", subject: Absent(123))),
        ["data-field"] = () => Fill(new DataShape(Content) { DataFields = true }, shape => shape.Image("data-field")),
        ["non-distributable-layers"] = () => New(NonDistributableLayers),
        ["custom-fields"] = () => Fill(new DataShape(Content) { ExtraFields = true }, shape => shape.PlatformIndex("custom-fields")),
        ["no-layers"] = () => New(shape => shape.Image("no-layers", layers: 0)),
        ["sparse-index"] = () => New(shape => shape.Index([DataShape.ForPlatform(shape.Image(), "amd64"), Absent(1024)], "sparse-index")),
        ["sha512"] = () => Fill(new DataShape(Content, Algorithm.Sha512), shape => shape.PlatformIndex()),
        ["tag-param-sha256"] = () =>
            Fill(new DataShape(Content) { TagParameters = true }, shape => shape.PlatformIndex()).TagEach("tag-param-sha256"),
        ["tag-param-sha512"] = () =>
            Fill(new DataShape(Content, Algorithm.Sha512) { TagParameters = true }, shape => shape.PlatformIndex()).TagEach("tag-param-sha512"),
    };

    private static DataShape New(Action<DataShape> fill) => Fill(new DataShape(Content), fill);

    private static DataShape Fill(DataShape shape, Action<DataShape> fill)
    {
        fill(shape);
        return shape;
    }

    private static JsonObject Absent(int sizeBytes) =>
        TestManifest.Describe(MediaType.OciManifest, TestBlob.Sha256(Content.Bytes(16)), sizeBytes);

    // 390 annotations of 10,000 characters: just below the 4 MiB that a registry must accept.
    private static void LargeManifest(DataShape shape)
    {
        var annotations = new JsonObject();
        for (var number = 0; number < 390; number++)
            annotations[$"large-annotation-{number}"] = new string('A', 10_000);
        shape.Manifest(shape.Config(), [shape.Layer(), shape.Layer()], "large-manifest", annotations: annotations);
    }

    private static void ArtifactIndex(DataShape shape)
    {
        var children = new[] { "amd64", "arm64" }.Select(architecture => DataShape.ForPlatform(shape.Artifact(), architecture)).ToList();
        shape.Index(children, "artifact-index", "application/vnd.example.oci.conformance.v1");
    }

    private static void ArtifactsWithSubject(DataShape shape)
    {
        var subject = shape.Image("image");
        shape.Image(subject: subject.Descriptor);
        shape.Artifact("tagged-artifact1", subject: subject.Descriptor);
        shape.Artifact("tagged-artifact2", OtherType, subject.Descriptor);
    }

    private static void IndexWithSubject(DataShape shape)
    {
        var subject = shape.PlatformIndex("index");
        shape.Index(
            [DataShape.ForPlatform(shape.Artifact(), "amd64")], "tagged-artifact", "application/vnd.example.oci.conformance.v1", subject.Descriptor);
    }

    private static void NonDistributableLayers(DataShape shape)
    {
        JsonObject Elsewhere(string mediaType)
        {
            var layer = TestManifest.Describe(mediaType, TestBlob.Sha256(Content.Bytes(16)), 12345);
            layer["urls"] = new JsonArray("https://store.example.com/blobs/layer");
            return layer;
        }

        shape.Manifest(
            shape.Config(),
            [Elsewhere(MediaType.OciLayerNonDistributableGzip), Elsewhere(MediaType.OciLayerNonDistributable), shape.Layer()],
            "non-distributable-image");
    }
}
