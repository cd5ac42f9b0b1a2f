using System.Buffers.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>
/// Mints and validates access tokens (ES256). A token is bound to ids and versions: it ends with the password, the user or the
/// registry it was issued for, on the next request.
/// </summary>
/// <remarks>
/// The audience is the host and port by which the client reached the registry. A registry with several names has an audience for each,
/// and a client gets a token for each by the challenge; the registry itself is bound by its id.
/// </remarks>
public sealed class RegistryTokens(SigningKeyRing keys, PrincipalDirectory directory, TimeProvider clock)
{
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(60);
    private const int CacheCapacity = 10_000;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly RecentMap<UInt128, VerifiedToken> _verified = new(CacheCapacity);

    /// <param name="granted">What the token allows at most.</param>
    public IssuedToken Mint(Principal principal, Registry registry, string audience, TokenLimit granted)
    {
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var claims = new TokenClaims
        {
            PrincipalId = principal.Id,
            PrincipalVersion = principal.Version,
            RegistryId = registry.Id,
            RegistryVersion = registry.SecurityVersion,
            Audience = audience,
            ExpiresAt = issuedAt + TokenDefaults.AccessLifetime,
            Limit = granted,
        };
        var header = new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = TokenDefaults.Type };
        var text = _handler.CreateToken(claims.ToJson(principal.Name, issuedAt), keys.Active.Credentials, header);
        return new IssuedToken(text, issuedAt, TokenDefaults.AccessLifetime);
    }

    /// <summary>The fast path: the caller if this token was verified within the last minute and still counts. About two microseconds.</summary>
    public Caller? FindVerified(ReadOnlySpan<char> token, Registry registry, string audience) =>
        _verified.TryGet(Fingerprint.Of(token), out var verified) && clock.GetTimestamp() < verified.Until
            ? verified.ToCaller(directory, registry, audience)
            : null;

    /// <summary>Null for any token that does not count, without a word why.</summary>
    public async ValueTask<Caller?> ValidateAsync(string token, Registry registry, string audience)
    {
        if (JwtShape.KeyIdOf(token) is not { } keyId || keys.Find(keyId) is not { } key)
            return null;
        var result = await _handler.ValidateTokenAsync(token, Parameters(key));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return null;
        if (TokenClaims.TryRead(Base64Url.DecodeFromChars(jwt.EncodedPayload)) is not { } claims)
            return null;
        var verified = new VerifiedToken(claims, CacheUntil(claims));
        _verified.Set(Fingerprint.Of(token), verified);
        return verified.ToCaller(directory, registry, audience);
    }

    private TokenValidationParameters Parameters(SigningKey key) => new()
    {
        IssuerSigningKey = key.Credentials.Key,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        ValidTypes = [TokenDefaults.Type],
        ValidIssuer = TokenDefaults.Issuer,
        RequireExpirationTime = true,
        LifetimeValidator = IsAlive,
        // Asked on every request instead, also of remembered tokens: VerifiedToken.ToCaller.
        ValidateAudience = false,
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return notBefore <= now + TokenDefaults.ClockSkew && expires > now - TokenDefaults.ClockSkew;
    }

    private long CacheUntil(TokenClaims claims)
    {
        var left = claims.ExpiresAt + TokenDefaults.ClockSkew - clock.GetUtcNow();
        var span = left < CacheLifetime ? left : CacheLifetime;
        return clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);
    }
}
