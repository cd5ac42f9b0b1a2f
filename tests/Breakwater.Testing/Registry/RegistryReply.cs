using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Breakwater.Testing.Registry;

/// <summary>A whole answer.</summary>
public sealed record RegistryReply(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body)
{
    public int Code => (int)Status;

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode? Json => JsonNode.Parse(Body);

    public string? ContentType => Header("Content-Type");

    public string? Digest => Header("Docker-Content-Digest");

    public string? Location => Header("Location");

    /// <summary>The codes of an OCI error body; empty when it has none.</summary>
    public IReadOnlyList<string> ErrorCodes =>
        Body.Length == 0 ? [] : [.. (Json?["errors"]?.AsArray() ?? []).Select(error => (string)error!["code"]!)];

    /// <summary>A header's value, several joined by a comma; null when absent.</summary>
    public string? Header(string name)
    {
        if (Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values))
            return string.Join(", ", values);
        return null;
    }

    public override string ToString() => $"{Code} {(Body.Length < 2000 ? Text : $"({Body.Length} bytes)")}";
}
