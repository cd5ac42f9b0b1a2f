using System.Buffers.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>Checks that a token was signed by a key of the ring, is of the kind expected, and is alive. What it says is for others to judge.</summary>
internal sealed class TokenVerifier(SigningKeyRing keys, TimeProvider clock)
{
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly LifetimeValidator _lifetime = TokenLifetime.By(clock);

    /// <param name="type">What <c>typ</c> must be.</param>
    /// <param name="issuer">What <c>iss</c> must be; null where the caller judges it.</param>
    /// <returns>The payload; null for any token that does not count, without a word why.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> VerifyAsync(string token, string type, string? issuer)
    {
        if (JwtShape.KeyIdOf(token, type) is not { } keyId || keys.Find(keyId) is not { } key)
            return null;
        var result = await _handler.ValidateTokenAsync(token, Parameters(key, type, issuer));
        return result.IsValid && result.SecurityToken is JsonWebToken jwt ? Base64Url.DecodeFromChars(jwt.EncodedPayload) : null;
    }

    /// <summary>Until when a verified token needs no new verification, on the clock of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long CacheUntil(DateTimeOffset expiresAt)
    {
        var left = expiresAt + TokenDefaults.ClockSkew - clock.GetUtcNow();
        var span = left < CacheLifetime ? left : CacheLifetime;
        return clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);
    }

    private TokenValidationParameters Parameters(SigningKey key, string type, string? issuer) => new()
    {
        IssuerSigningKey = key.Credentials.Key,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        ValidTypes = [type],
        ValidateIssuer = issuer is not null,
        ValidIssuer = issuer,
        RequireExpirationTime = true,
        LifetimeValidator = _lifetime,
        // Asked on every request instead, also of remembered tokens.
        ValidateAudience = false,
    };
}
