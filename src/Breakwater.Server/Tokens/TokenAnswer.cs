using System.Buffers;
using System.Text.Json;
using Breakwater.Core.Tokens;

namespace Breakwater.Server.Tokens;

/// <summary>
/// <c>{"token","access_token","expires_in","issued_at"}</c>: clients read either name. https://distribution.github.io/distribution/spec/auth/token/
/// </summary>
internal static class TokenAnswer
{
    public static Task WriteAsync(HttpContext context, IssuedToken token)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("token", token.Text);
            json.WriteString("access_token", token.Text);
            json.WriteNumber("expires_in", (int)token.Lifetime.TotalSeconds);
            json.WriteString("issued_at", token.IssuedAt.UtcDateTime);
            json.WriteEndObject();
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(buffer.WrittenMemory).AsTask();
    }
}
