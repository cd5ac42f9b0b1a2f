using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Network;

/// <summary>The authority whose certificates the clients of a private listener must have. Read at the start.</summary>
internal sealed class ClientAuthority
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2Collection _roots;

    private ClientAuthority(X509Certificate2Collection roots) => _roots = roots;

    /// <returns>Null when <paramref name="problem"/> says why not.</returns>
    public static ClientAuthority? Load(string file, out string? problem)
    {
        problem = null;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
            if (roots.Count > 0)
                return new ClientAuthority(roots);
            problem = "The file holds no certificate.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = $"The file cannot be read: {error.Message}";
        }
        return null;
    }

    public bool Knows(X509Certificate2 certificate)
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
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        return chain.Build(certificate);
    }
}
