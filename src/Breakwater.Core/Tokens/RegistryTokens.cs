using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Breakwater.Core.Tokens;

/// <summary>
/// Mints and validates the registry's own tokens (ES256): access tokens, and the refresh tokens that buy them. A token is bound to ids and
/// versions: it ends with the password, the user, the registry or the sign-in it was issued for, on the next request.
/// </summary>
/// <remarks>
/// The audience is the host and port by which the client reached the registry. A registry with several names has an audience for each,
/// and a client gets a token for each by the challenge; the registry itself is bound by its id.
/// </remarks>
public sealed class RegistryTokens(SigningKeyRing keys, PrincipalDirectory directory, SignInSessions sessions, TimeProvider clock)
{
    private const int CacheCapacity = 10_000;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly TokenVerifier _verifier = new(keys, clock);
    private readonly RecentMap<UInt128, VerifiedToken> _verified = new(CacheCapacity);

    /// <param name="granted">What the token allows at most.</param>
    public IssuedToken Mint(Caller holder, Registry registry, string audience, TokenLimit granted) =>
        Mint(holder.Principal, registry, audience, granted, TokenDefaults.AccessLifetime, holder.SessionId);

    /// <summary>A token that stands for its holder's sign-in: it buys access tokens, and is worth nothing elsewhere.</summary>
    /// <param name="notAfter">When the proof that it was given for ends; null: it has no end of its own.</param>
    /// <param name="sessionId">The session of the issuer that it ends with; null: none.</param>
    public IssuedToken MintRefresh(Principal principal, Registry registry, string audience, DateTimeOffset? notAfter = null, Guid? sessionId = null)
    {
        var left = notAfter - clock.GetUtcNow();
        return Mint(principal, registry, audience, limit: null, left < TokenDefaults.RefreshLifetime ? left.Value : TokenDefaults.RefreshLifetime, sessionId);
    }

    /// <summary>The fast path: the caller if this token was verified within the last minute and still counts. About two microseconds.</summary>
    public Caller? FindVerified(ReadOnlySpan<char> token, Registry registry, string audience) =>
        _verified.TryGet(Fingerprint.Of(token), out var verified) && clock.GetTimestamp() < verified.Until
            ? verified.ToCaller(directory, sessions, registry, audience)
            : null;

    /// <summary>Null for any access token that does not count, without a word why.</summary>
    public async ValueTask<Caller?> ValidateAsync(string token, Registry registry, string audience)
    {
        if (await ReadAsync(token, TokenDefaults.Type) is not { Limit: not null } claims)
            return null;
        var verified = new VerifiedToken(claims, _verifier.CacheUntil(claims.ExpiresAt));
        _verified.Set(Fingerprint.Of(token), verified);
        return verified.ToCaller(directory, sessions, registry, audience);
    }

    /// <summary>The holder of a refresh token, with all its rights; null for any that does not count, without a word why.</summary>
    public async ValueTask<Caller?> ValidateRefreshAsync(string token, Registry registry, string audience) =>
        await ReadAsync(token, TokenDefaults.RefreshType) is { Limit: null } claims
            ? new VerifiedToken(claims, Until: 0).ToCaller(directory, sessions, registry, audience)
            : null;

    private async ValueTask<TokenClaims?> ReadAsync(string token, string type) =>
        await _verifier.VerifyAsync(token, type, TokenDefaults.Issuer) is { } payload ? TokenClaims.TryRead(payload) : null;

    private IssuedToken Mint(Principal principal, Registry registry, string audience, TokenLimit? limit, TimeSpan lifetime, Guid? sessionId)
    {
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var claims = new TokenClaims
        {
            PrincipalId = principal.Id,
            PrincipalVersion = principal.Version,
            RegistryId = registry.Id,
            RegistryVersion = registry.SecurityVersion,
            Audience = audience,
            ExpiresAt = issuedAt + lifetime,
            Limit = limit,
            SessionId = sessionId,
        };
        var header = new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = limit is null ? TokenDefaults.RefreshType : TokenDefaults.Type };
        var text = _handler.CreateToken(claims.ToJson(principal.Name, issuedAt), keys.Active.Credentials, header);
        return new IssuedToken(text, issuedAt, lifetime);
    }
}
