using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Tokens;

/// <summary>
/// Validates the access tokens of the built-in issuer. Like registry tokens they are bound to the id and the version of their holder, so that they
/// end with its password, its secret, its session or the principal itself, on the next request.
/// </summary>
/// <param name="tenantId">The id of the installation; a token of another one counts for nothing.</param>
public sealed class DirectoryTokens(SigningKeyRing keys, PrincipalDirectory directory, SignInSessions sessions, Guid tenantId, TimeProvider clock)
{
    private const int CacheCapacity = 10_000;

    private readonly TokenVerifier _verifier = new(keys, clock);
    private readonly RecentMap<UInt128, Verified> _verified = new(CacheCapacity);

    /// <summary>Of the issuer: the installation's id, as its clients name it.</summary>
    public Guid TenantId { get; } = tenantId;

    /// <param name="origin">Scheme, host and port of the request.</param>
    /// <returns>Null for any token that does not count, without a word why.</returns>
    public async ValueTask<DirectoryToken?> ValidateAsync(string token, string origin)
    {
        var key = Fingerprint.Of(token);
        if (!_verified.TryGet(key, out var verified) || clock.GetTimestamp() >= verified.Until)
        {
            if (await _verifier.VerifyAsync(token, TokenDefaults.Type, issuer: null) is not { } payload || Read(payload) is not { } read)
                return null;
            _verified.Set(key, verified = read);
        }
        return Judge(verified, origin);
    }

    /// <summary>Whom a code or refresh token stands for, after the issuer has verified it; null when the principal is not what it was then.</summary>
    /// <param name="version">Of the principal when it was issued.</param>
    public Caller? FindHolder(Guid objectId, int version) =>
        directory.Find(objectId) is { Principal.Disabled: false } entry && entry.Principal.Version == version ? entry.AsCaller : null;

    private DirectoryToken? Judge(Verified token, string origin) =>
        token.TenantId == TenantId
        && (token.SessionId is not { } session || sessions.IsLive(session))
        && AudienceNames.Find(token.Audience, origin) is { } audience
        && FindHolder(token.ObjectId, token.Version) is { } holder
            ? new DirectoryToken(holder, audience, token.NotAfter, token.SessionId)
            : null;

    private Verified? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var claims = document.RootElement;
            var expiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
            return new Verified(
                claims.GetProperty(DirectoryTokenDefaults.TenantId).GetGuid(),
                claims.GetProperty(DirectoryTokenDefaults.ObjectId).GetGuid(),
                claims.GetProperty(DirectoryTokenDefaults.Version).GetInt32(),
                claims.GetProperty("aud").GetString() ?? "",
                claims.TryGetProperty(DirectoryTokenDefaults.NotAfter, out var end) ? DateTimeOffset.FromUnixTimeSeconds(end.GetInt64()) : null,
                claims.TryGetProperty(DirectoryTokenDefaults.SessionId, out var session) ? session.GetGuid() : null,
                _verifier.CacheUntil(expiresAt));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private sealed record Verified(Guid TenantId, Guid ObjectId, int Version, string Audience, DateTimeOffset? NotAfter, Guid? SessionId, long Until);
}
