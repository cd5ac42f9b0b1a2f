using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Core.Network;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Identity;

/// <summary>The other issuers that the operator has named. Keys are fetched from these and from nowhere else.</summary>
/// <remarks>
/// The file is a list: <c>[{"issuer": "https://token.actions.githubusercontent.com"}, {"issuer": "https://kubernetes.default.svc", "jwks": "k8s.json"}]</c>.
/// <c>jwks</c>: a file with the keys, for closed networks, where nothing is fetched. <c>ca</c>: a file with the certificate authorities of the
/// issuer's server. Both count from the folder of the file.
/// </remarks>
public sealed class TrustedIssuers
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    // How long an issuer that did not answer is not asked again.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, TrustedIssuer> _byIssuer;

    public TrustedIssuers(IEnumerable<TrustedIssuer> issuers) => _byIssuer = issuers.ToDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);

    public TrustedIssuer? Find(string issuer) => _byIssuer.GetValueOrDefault(issuer);

    /// <exception cref="InvalidValueException">It is none of them; the message says what to do.</exception>
    internal void Require(string issuer)
    {
        if (Find(issuer) is null)
            throw new InvalidValueException($"The issuer '{issuer}' is not trusted here. Name it in the file of the setting trusted-issuers, exactly as its tokens do, and start anew.");
    }

    /// <param name="file">Null: no other issuer is trusted.</param>
    /// <exception cref="InvalidDataException">The file cannot be used; the message says why.</exception>
    public static TrustedIssuers Read(string? file, TimeProvider clock)
    {
        if (file is null)
            return new TrustedIssuers([]);
        try
        {
            var entries = JsonSerializer.Deserialize<List<Entry>>(File.ReadAllBytes(file), Json) ?? [];
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            return new TrustedIssuers(entries.Select(entry => Open(entry, folder, clock)));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"The trusted issuers in {file} cannot be read: {e.Message}", e);
        }
    }

    private static TrustedIssuer Open(Entry entry, string folder, TimeProvider clock)
    {
        if (entry.Issuer is not { Length: > 0 } issuer)
            throw new ArgumentException("an entry has no issuer.");
        if (entry.Jwks is not null)
        {
            var keys = new JsonWebKeySet(File.ReadAllText(Path.Combine(folder, entry.Jwks))).GetSigningKeys().ToArray();
            return new TrustedIssuer(issuer, _ => Task.FromResult<IReadOnlyCollection<SecurityKey>>(keys), () => { });
        }
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"the issuer '{issuer}' is no https address. Give its keys in a file and name that with jwks.");
        return Remote(issuer, entry.Ca is null ? null : Authorities(Path.Combine(folder, entry.Ca)), clock);
    }

    /// <summary>OpenID Connect Discovery 1.0, section 4: the document stands below the issuer, and must name the same issuer.</summary>
    private static TrustedIssuer Remote(string issuer, X509Certificate2Collection? authorities, TimeProvider clock)
    {
        var retriever = new HttpDocumentRetriever(OutgoingHttp.Create(authorities)) { RequireHttps = true };
        var manager = new ConfigurationManager<OpenIdConnectConfiguration>(
            issuer.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), retriever);
        var failedAt = long.MinValue;
        return new TrustedIssuer(issuer, KeysAsync, manager.RequestRefresh);

        async Task<IReadOnlyCollection<SecurityKey>> KeysAsync(CancellationToken cancellationToken)
        {
            // Anybody can send a token that names it: while it does not answer, not every such request may wait for it.
            if (Volatile.Read(ref failedAt) is not long.MinValue and var failed && clock.GetElapsedTime(failed) < RetryAfter)
                return [];
            try
            {
                var document = await manager.GetConfigurationAsync(cancellationToken);
                return document.Issuer == issuer ? [.. document.SigningKeys] : [];
            }
            catch (InvalidOperationException)
            {
                Volatile.Write(ref failedAt, clock.GetTimestamp());
                return [];
            }
        }
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }

    private sealed record Entry(string? Issuer, string? Jwks, string? Ca);
}
