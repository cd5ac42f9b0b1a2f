using System.Text.Json.Nodes;

namespace Breakwater.Core.Tests.Events;

/// <summary>One request.</summary>
internal sealed record Heard(string Method, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Action => (string)Json["action"]!;

    public string? Tag => (string?)Json["target"]?["tag"];

    public string Repository => (string)Json["target"]!["repository"]!;
}
