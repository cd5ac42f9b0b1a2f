using System.Buffers.Text;
using System.Text.Json;
using Breakwater.Core.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>Tokens of other issuers as proof of a service principal (CI jobs, workloads in a cluster) or of a person. Each counts once.</summary>
public sealed class ExternalTokens(
    TrustedIssuers issuers, FederatedCredentials credentials, UserIdentities identities, PrincipalDirectory directory, UsedTokens used, TimeProvider clock)
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
    public Task<ClientProof?> ProveAsync(string token, string? clientId, CancellationToken cancellationToken) =>
        ProveAsync(token, verified => ServicesAsync(verified, clientId), cancellationToken);

    /// <summary>The one service principal, or the one person, that it stands for. A token that stands for both counts for nothing: name the service principal.</summary>
    /// <returns>Null for any token that does not count, without a word why.</returns>
    public Task<ClientProof?> ProveAnyoneAsync(string token, CancellationToken cancellationToken) =>
        ProveAsync(token, async verified => [.. await ServicesAsync(verified, clientId: null), .. await PeopleAsync(verified)], cancellationToken);

    private async Task<ClientProof?> ProveAsync(string token, Func<JsonWebToken, Task<IReadOnlyList<DirectoryEntry>>> candidates, CancellationToken cancellationToken)
    {
        if (ForeignToken.TryRead(token) is not { } unverified)
            return null;
        // No key is looked for before the issuer is known to be trusted.
        if (issuers.Find(unverified.Issuer) is not { } issuer || await VerifyAsync(token, unverified.Kid, issuer, cancellationToken) is not { } verified)
            return null;
        // Asked again after the entry was read: a credential that was removed in between raised a version that this entry does not have yet, or is not found.
        if (await candidates(verified) is not [var entry] || await candidates(verified) is not [var still] || still.Principal.Id != entry.Principal.Id)
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
        // The credential says which; of a person's token it is the installation's own.
        ValidateAudience = false,
    };

    // The issuer of a verified token is the trusted one that its key was taken from.
    private async Task<IReadOnlyList<DirectoryEntry>> ServicesAsync(JsonWebToken token, string? clientId) =>
    [
        .. (await credentials.OfAsync(token.Issuer, token.Subject))
            .Where(credential => token.Audiences.Contains(credential.Audience) && Matches(credential, token))
            .Select(credential => directory.Find(credential.PrincipalId))
            .OfType<DirectoryEntry>()
            .Where(entry => !entry.Principal.Disabled && (clientId is null || entry.Principal.Name.Equals(clientId, StringComparison.OrdinalIgnoreCase)))
            .DistinctBy(entry => entry.Principal.Id),
    ];

    private async Task<IReadOnlyList<DirectoryEntry>> PeopleAsync(JsonWebToken token) =>
        token.Audiences.Contains(credentials.OwnAudience)
        && await identities.FindAsync(token.Issuer, token.Subject) is { } id
        && directory.Find(id) is { Principal.Disabled: false } entry
            ? [entry]
            : [];

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
