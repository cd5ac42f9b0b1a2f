using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>
/// A registry's own tokens: the issuer's token is exchanged for a refresh token (three hours), and that for access tokens of one scope each.
/// https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
/// </summary>
public sealed class ContentTokens(HttpChannel channel, ServerAddress server, Session session, TimeProvider clock)
{
    private readonly Dictionary<string, string> granted = [];

    /// <summary>What docker and its kin sign in with, as the password of the user <c>00000000-0000-0000-0000-000000000000</c>.</summary>
    public async Task<string> GetRefreshAsync(CancellationToken stop)
    {
        if (session.FindRegistry(server.Authority) is { } held)
            return held.Value;
        var token = await session.GetExchangeableAsync(stop);
        var body = await PostAsync<RefreshBody>("/oauth2/exchange", [new("grant_type", "access_token"), new("service", server.Authority), new("access_token", token)], stop);
        await session.KeepRegistryAsync(server.Authority, new HeldToken(body.RefreshToken, ExpiryOf(body.RefreshToken)), stop);
        return body.RefreshToken;
    }

    /// <param name="scope">Such as <c>repository:team/app:pull</c>.</param>
    public async Task<string> GetAccessAsync(string scope, CancellationToken stop)
    {
        if (granted.TryGetValue(scope, out var known))
            return known;
        var wasHeld = session.FindRegistry(server.Authority) is not null;
        try
        {
            return granted[scope] = await AccessAsync(scope, stop);
        }
        catch (BreakwaterException e) when (wasHeld && e.Status == 401)
        {
            // What was kept may have ended with a new password, or with another key.
            await session.DropRegistryAsync(server.Authority, stop);
            return granted[scope] = await AccessAsync(scope, stop);
        }
    }

    private async Task<string> AccessAsync(string scope, CancellationToken stop)
    {
        var refresh = await GetRefreshAsync(stop);
        return (await PostAsync<AccessBody>("/oauth2/token", [new("grant_type", "refresh_token"), new("service", server.Authority), new("scope", scope), new("refresh_token", refresh)], stop)).AccessToken;
    }

    private async Task<T> PostAsync<T>(string path, KeyValuePair<string, string>[] form, CancellationToken stop)
    {
        using var answer = await channel.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, new Uri(server.Uri, path)) { Content = new FormUrlEncodedContent(form) }, stop);
        return await Answers.ReadAsync<T>(answer, stop);
    }

    /// <summary>Only to know when to ask anew, so that it needs no signature. What cannot be read is not kept.</summary>
    private DateTimeOffset ExpiryOf(string jwt)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1]));
            return DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64());
        }
        catch (Exception e) when (e is FormatException or JsonException or IndexOutOfRangeException or KeyNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return clock.GetUtcNow();
        }
    }

    private sealed record RefreshBody([property: JsonPropertyName("refresh_token")] string RefreshToken);

    private sealed record AccessBody([property: JsonPropertyName("access_token")] string AccessToken);
}
