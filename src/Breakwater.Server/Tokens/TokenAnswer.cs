using System.Text.Json;
using Breakwater.Core.Tokens;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.Tokens;

/// <summary>What the token endpoints answer. Nobody in between may keep it.</summary>
internal static class TokenAnswer
{
    /// <summary><c>{"token","access_token","expires_in","issued_at"}</c>: clients read either name. https://distribution.github.io/distribution/spec/auth/token/</summary>
    public static Task WriteAsync(HttpContext context, IssuedToken token) => WriteAsync(context, token, static (json, token) =>
    {
        json.WriteString("token", token.Text);
        json.WriteString("access_token", token.Text);
        json.WriteNumber("expires_in", (int)token.Lifetime.TotalSeconds);
        json.WriteString("issued_at", token.IssuedAt.UtcDateTime);
    });

    public static Task WriteRefreshAsync(HttpContext context, IssuedToken token) =>
        WriteAsync(context, token, static (json, token) => json.WriteString("refresh_token", token.Text));

    private static Task WriteAsync(HttpContext context, IssuedToken token, Action<Utf8JsonWriter, IssuedToken> write)
    {
        context.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(context, JsonAnswer.Render(token, write));
    }
}
