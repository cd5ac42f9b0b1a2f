using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Network;

/// <summary>The authority whose certificates the clients of a listener must have, with its intermediates. Read at the start.</summary>
internal sealed class ClientAuthority
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private ClientAuthority(X509Certificate2Collection certificates) => Certificates = certificates;

    public X509Certificate2Collection Certificates { get; }

    /// <returns>Null when <paramref name="problem"/> says why not.</returns>
    public static ClientAuthority? Load(string file, out string? problem)
    {
        problem = null;
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
            if (certificates.Count > 0)
                return new ClientAuthority(certificates);
            problem = "The file holds no certificate.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = $"The file cannot be read: {error.Message}";
        }
        return null;
    }

    /// <returns>Null: the certificate is none of this authority's, or not valid now, or not for clients.</returns>
    public ClientChain? ChainOf(X509Certificate2 certificate)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                ApplicationPolicy = { ClientAuthentication },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(Certificates);
        return chain.Build(certificate) ? ClientChain.Of(chain) : null;
    }
}
