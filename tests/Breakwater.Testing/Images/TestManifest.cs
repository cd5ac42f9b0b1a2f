using System.Text;
using System.Text.Json.Nodes;

namespace Breakwater.Testing.Images;

/// <summary>A manifest's exact bytes, its media type and the blobs that must be pushed before it.</summary>
public sealed record TestManifest(byte[] Body, string MediaType, IReadOnlyList<TestBlob> Blobs)
{
    public string Digest { get; } = TestBlob.Sha256(Body);

    public string? SubjectDigest { get; init; }

    public string? ArtifactType { get; init; }

    public JsonObject Descriptor => Describe(MediaType, Digest, Body.Length);

    public static JsonObject Describe(string mediaType, string digest, long sizeBytes) =>
        new() { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = sizeBytes };

    public static TestManifest FromJson(JsonObject json, string mediaType, IReadOnlyList<TestBlob> blobs) =>
        new(Encoding.UTF8.GetBytes(json.ToJsonString()), mediaType, blobs)
        {
            SubjectDigest = (string?)json["subject"]?["digest"],
            ArtifactType = (string?)json["artifactType"] ?? (string?)json["config"]?["mediaType"],
        };

    /// <summary>An OCI image of the given config and layers.</summary>
    public static TestManifest Image(TestBlob config, IReadOnlyList<TestBlob> layers, JsonObject? subject = null, string? artifactType = null)
    {
        var json = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Images.MediaType.OciManifest,
            ["config"] = Describe(Images.MediaType.OciConfig, config.Digest, config.SizeBytes),
            ["layers"] = new JsonArray([.. layers.Select(layer => Describe(Images.MediaType.OciLayerGzip, layer.Digest, layer.SizeBytes))]),
        };
        if (artifactType is not null)
            json["artifactType"] = artifactType;
        if (subject is not null)
            json["subject"] = subject;
        return FromJson(json, Images.MediaType.OciManifest, [config, .. layers]);
    }

    /// <summary>An image of fresh random content. The config is real enough for clients that read it.</summary>
    public static TestManifest RandomImage(RandomContent content, int layers = 2, int layerSizeBytes = 2048, JsonObject? subject = null, string? artifactType = null)
    {
        var tars = Enumerable.Range(0, layers).Select(number => content.LayerTar($"file-{number}.bin", layerSizeBytes)).ToList();
        var config = ImageConfig(tars.Select(tar => TestBlob.Sha256(tar)), content.Random.Next());
        return Image(config, [.. tars.Select(tar => TestBlob.Of(RandomContent.Gzip(tar)))], subject, artifactType);
    }

    public static TestBlob ImageConfig(IEnumerable<string> layerDigests, int salt, string architecture = "amd64")
    {
        var json = new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["created"] = "2020-01-01T00:00:00Z",
            ["config"] = new JsonObject { ["Labels"] = new JsonObject { ["salt"] = salt.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layerDigests.Select(digest => JsonValue.Create(digest))]) },
        };
        return TestBlob.Of(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    public static TestManifest Index(IEnumerable<TestManifest> children, JsonObject? subject = null, string? artifactType = null)
    {
        var json = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Images.MediaType.OciIndex,
            ["manifests"] = new JsonArray([.. children.Select(child => child.Descriptor)]),
        };
        if (artifactType is not null)
            json["artifactType"] = artifactType;
        if (subject is not null)
            json["subject"] = subject;
        return FromJson(json, Images.MediaType.OciIndex, []);
    }
}
