using System.Buffers.Text;
using System.Text.Json;
using Breakwater.Core.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>Tokens of other issuers as proof of a service principal: of CI jobs, of workloads in a cluster. Each counts once.</summary>
public sealed class ExternalTokens(TrustedIssuers issuers, FederatedCredentials credentials, PrincipalDirectory directory, UsedTokens used, TimeProvider clock)
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    // Beyond it a token that was never meant to be a proof stays one for too long.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(25);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <param name="clientId">Which service principal it must stand for; null: the only one that it does stand for.</param>
    /// <returns>Null for any token that does not count, without a word why.</returns>
    public async Task<ClientProof?> ProveAsync(string token, string? clientId, CancellationToken cancellationToken)
    {
        if (ForeignToken.TryRead(token) is not { } unverified)
            return null;
        // No key is looked for before the issuer is known to be trusted.
        if (issuers.Find(unverified.Issuer) is not { } issuer || await VerifyAsync(token, unverified.Kid, issuer, cancellationToken) is not { } verified)
            return null;
        if (await FindAsync(issuer, verified, clientId) is not { } entry)
            return null;
        var expiresAt = new DateTimeOffset(verified.ValidTo, TimeSpan.Zero);
        return await used.TryUseAsync("external", issuer.Issuer, ForeignToken.IdOf(verified), expiresAt + TokenDefaults.ClockSkew) ? new ClientProof(entry.AsCaller, expiresAt) : null;
    }

    private async Task<JsonWebToken?> VerifyAsync(string token, string keyId, TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        var keys = await issuer.Keys(cancellationToken);
        if (keys.All(key => key.KeyId != keyId))
        {
            issuer.Refresh();
            keys = await issuer.Keys(cancellationToken);
        }
        var result = await _handler.ValidateTokenAsync(token, Parameters(issuer.Issuer, keys));
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } && jwt.ValidTo - jwt.IssuedAt <= LongestLifetime ? jwt : null;
    }

    private TokenValidationParameters Parameters(string issuer, IEnumerable<SecurityKey> keys) => new()
    {
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        ValidAlgorithms = Algorithms,
        ValidIssuer = issuer,
        RequireExpirationTime = true,
        LifetimeValidator = TokenLifetime.By(clock),
        // The credential says which; see FindAsync.
        ValidateAudience = false,
    };

    private async Task<DirectoryEntry?> FindAsync(TrustedIssuer issuer, JsonWebToken token, string? clientId)
    {
        var found = (await credentials.OfAsync(issuer.Issuer, token.Subject))
            .Where(credential => token.Audiences.Contains(credential.Audience) && Matches(credential, token))
            .Select(credential => directory.Find(credential.PrincipalId))
            .OfType<DirectoryEntry>()
            .Where(entry => !entry.Principal.Disabled && (clientId is null || entry.Principal.Name.Equals(clientId, StringComparison.OrdinalIgnoreCase)))
            .DistinctBy(entry => entry.Principal.Id)
            .ToList();
        return found is [var one] ? one : null;
    }

    private static bool Matches(FederatedCredential credential, JsonWebToken token)
    {
        if (credential.Expression is null)
            return true;
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        return ClaimsExpression.TryParse(credential.Expression) is { } expression && expression.Matches(name => TextOf(claims.RootElement, name));
    }

    private static string? TextOf(JsonElement claims, string name) => !claims.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
