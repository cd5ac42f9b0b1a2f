using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Testing.Images;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>A set of content as the specification's own conformance suite generates it, with the order in which it is pushed.</summary>
internal sealed class DataShape(RandomContent content, string algorithm = Algorithm.Sha256)
{
    private int fields;

    public Dictionary<string, byte[]> Blobs { get; } = [];

    /// <summary>In pushing order.</summary>
    public List<ShapeManifest> Manifests { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>Tags travel as parameters of the push by digest.</summary>
    public bool TagParameters { get; init; }

    /// <summary>Config and manifests carry a field that nobody knows.</summary>
    public bool ExtraFields { get; init; }

    /// <summary>Descriptors carry their content.</summary>
    public bool DataFields { get; init; }

    public JsonObject Blob(byte[] body, string mediaType)
    {
        var digest = Algorithm.Digest(algorithm, body);
        Blobs[digest] = body;
        var descriptor = TestManifest.Describe(mediaType, digest, body.Length);
        if (DataFields)
            descriptor["data"] = Convert.ToBase64String(body);
        return descriptor;
    }

    public JsonObject Layer(bool compressed = true)
    {
        var tar = content.LayerTar("./conformance.txt", 90);
        return compressed ? Blob(RandomContent.Gzip(tar), MediaType.OciLayerGzip) : Blob(tar, MediaType.OciLayer);
    }

    public JsonObject Config(string architecture = "amd64")
    {
        var json = new JsonObject
        {
            ["author"] = "conformance",
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Algorithm.Digest(algorithm, content.Bytes(8))) },
        };
        return Blob(Bytes(json), MediaType.OciConfig);
    }

    public JsonObject EmptyConfig() => Blob("{}"u8.ToArray(), MediaType.OciEmpty);

    public ShapeManifest Image(string? tag = null, int layers = 2, bool compressed = true, JsonObject? subject = null, string architecture = "amd64") =>
        Manifest(Config(architecture), [.. Enumerable.Range(0, layers).Select(_ => Layer(compressed))], tag, subject: subject);

    public ShapeManifest Artifact(string? tag = null, string type = "application/vnd.example.oci.conformance.v1", JsonObject? subject = null, bool emptyLayer = false)
    {
        var layer = emptyLayer ? Blob("{}"u8.ToArray(), MediaType.OciEmpty) : Blob(content.Bytes(2048), type);
        return Manifest(EmptyConfig(), [layer], tag, type, subject, subject is null ? null : Note());
    }

    public ShapeManifest Manifest(
        JsonObject config, JsonObject[] layers, string? tag = null, string? artifactType = null, JsonObject? subject = null, JsonObject? annotations = null)
    {
        var json = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType.OciManifest,
            ["config"] = config,
            ["layers"] = new JsonArray([.. layers]),
        };
        return Add(json, MediaType.OciManifest, tag, artifactType, subject, annotations);
    }

    public ShapeManifest Index(IEnumerable<JsonObject> children, string? tag = null, string? artifactType = null, JsonObject? subject = null)
    {
        var json = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType.OciIndex,
            ["manifests"] = new JsonArray([.. children]),
        };
        return Add(json, MediaType.OciIndex, tag, artifactType, subject, subject is null ? null : Note());
    }

    public ShapeManifest PlatformIndex(string? tag = null) =>
        Index([ForPlatform(Image(), "amd64"), ForPlatform(Image(architecture: "arm64"), "arm64")], tag);

    public static JsonObject ForPlatform(ShapeManifest manifest, string architecture)
    {
        var descriptor = manifest.Descriptor;
        descriptor["platform"] = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" };
        return descriptor;
    }

    /// <summary>Every manifest gets a tag of its own, the last one a second.</summary>
    public DataShape TagEach(string prefix)
    {
        Tags[prefix] = Manifests[^1].Digest;
        for (var index = 0; index < Manifests.Count; index++)
            Tags[$"{prefix}-{index}"] = Manifests[index].Digest;
        return this;
    }

    private ShapeManifest Add(JsonObject json, string mediaType, string? tag, string? artifactType, JsonObject? subject, JsonObject? annotations)
    {
        if (artifactType is not null)
            json["artifactType"] = artifactType;
        if (subject is not null)
            json["subject"] = subject;
        if (annotations is not null)
            json["annotations"] = annotations;
        var body = Bytes(json);
        var manifest = new ShapeManifest(Algorithm.Digest(algorithm, body), body, mediaType);
        Manifests.Add(manifest);
        if (tag is not null)
            Tags[tag] = manifest.Digest;
        return manifest;
    }

    private JsonObject Note() => new()
    {
        ["org.opencontainers.conformance"] = "hello conformance test",
        [$"org.example.{content.Random.Next()}"] = "unique",
    };

    private byte[] Bytes(JsonObject json)
    {
        if (ExtraFields)
            json[$"org.example.field{fields++}"] = "unknown to everybody";
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
