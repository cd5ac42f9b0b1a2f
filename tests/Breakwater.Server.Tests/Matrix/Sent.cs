using System.Net.Http.Json;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>What a row sends: a path and perhaps a body.</summary>
internal sealed record Sent(string Path, object? Json = null, byte[]? Bytes = null, string Type = "application/octet-stream")
{
    public HttpContent? Content()
    {
        if (Json is not null)
            return JsonContent.Create(Json);
        if (Bytes is null)
            return null;
        var content = new ByteArrayContent(Bytes);
        content.Headers.ContentType = new(Type);
        return content;
    }
}
