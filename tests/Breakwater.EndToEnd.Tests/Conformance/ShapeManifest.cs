using System.Text.Json.Nodes;
using Breakwater.Testing.Images;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>A manifest of a shape, by the digest under which it is pushed.</summary>
internal sealed record ShapeManifest(string Digest, byte[] Body, string MediaType)
{
    public JsonObject Descriptor => TestManifest.Describe(MediaType, Digest, Body.Length);

    private JsonNode Json => JsonNode.Parse(Body)!;

    public string? Subject => (string?)Json["subject"]?["digest"];

    /// <summary>What the referrers list must show: the type, or that of the config in an image manifest.</summary>
    public string? ArtifactType => (string?)Json["artifactType"] ?? (string?)Json["config"]?["mediaType"];

    public IReadOnlyDictionary<string, string> Annotations =>
        (Json["annotations"]?.AsObject() ?? []).ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
}
