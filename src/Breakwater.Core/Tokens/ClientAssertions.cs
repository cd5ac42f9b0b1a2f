using System.Security.Cryptography.X509Certificates;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>
/// Assertions by which a service principal proves itself without a secret: signed with the key of one of its certificates
/// (https://www.rfc-editor.org/rfc/rfc7523), or the token of another issuer. Each counts once.
/// </summary>
public sealed class ClientAssertions(ClientCertificates certificates, ExternalTokens external, PrincipalDirectory directory, UsedTokens used, TimeProvider clock)
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <param name="audiences">The token endpoint and the issuer, as this request reached them.</param>
    /// <returns>Null for any assertion that does not count, without a word why.</returns>
    public async Task<ClientProof?> ProveAsync(string assertion, string? clientId, IReadOnlyCollection<string> audiences, CancellationToken cancellationToken)
    {
        if (ForeignToken.TryRead(assertion) is not { } unverified)
            return null;
        if (unverified.Issuer != unverified.Subject)
            return await external.ProveAsync(assertion, clientId, cancellationToken);
        if (clientId is not null && !clientId.Equals(unverified.Subject, StringComparison.OrdinalIgnoreCase))
            return null;
        return directory.Find(unverified.Subject) is { Principal: { Disabled: false, Kind: PrincipalKind.ServicePrincipal } } entry
            && await VerifyAsync(assertion, entry, audiences) is { } verified
            && await used.TryUseAsync("assertion", entry.Principal.Name, ForeignToken.IdOf(verified), new DateTimeOffset(verified.ValidTo, TimeSpan.Zero) + TokenDefaults.ClockSkew)
                ? new ClientProof(entry.AsCaller, NotAfter: null)
                : null;
    }

    private async Task<JsonWebToken?> VerifyAsync(string assertion, DirectoryEntry entry, IReadOnlyCollection<string> audiences)
    {
        var now = clock.GetUtcNow();
        foreach (var row in await certificates.OfAsync(entry.Principal.Id))
        {
            if (now < row.StartsAt || now >= row.ExpiresAt)
                continue;
            using var certificate = X509CertificateLoader.LoadCertificate(row.Certificate);
            var result = await _handler.ValidateTokenAsync(assertion, Parameters(entry.Principal.Name, KeyOf(certificate), audiences));
            if (result is { IsValid: true, SecurityToken: JsonWebToken jwt } && jwt.ValidTo - now.UtcDateTime <= LongestLifetime)
                return jwt;
        }
        return null;
    }

    private static SecurityKey KeyOf(X509Certificate2 certificate) => certificate.GetECDsaPublicKey() is { } ecdsa
        ? new ECDsaSecurityKey(ecdsa)
        : new RsaSecurityKey(certificate.GetRSAPublicKey());

    private TokenValidationParameters Parameters(string issuer, SecurityKey key, IEnumerable<string> audiences) => new()
    {
        // The header names the certificate by its hash, in one of several ways; the loop tries each certificate instead.
        IssuerSigningKeyResolver = (_, _, _, _) => [key],
        RequireSignedTokens = true,
        ValidAlgorithms = Algorithms,
        ValidIssuer = issuer,
        ValidAudiences = audiences,
        RequireExpirationTime = true,
        LifetimeValidator = TokenLifetime.By(clock),
    };
}
