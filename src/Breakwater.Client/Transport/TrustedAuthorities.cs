using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Client.Errors;

namespace Breakwater.Client.Transport;

/// <summary>The certificate authorities of a file, as the only ones to be trusted.</summary>
internal static class TrustedAuthorities
{
    /// <exception cref="BreakwaterException">The file cannot be read or holds no certificate.</exception>
    public static X509ChainPolicy Load(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BreakwaterException(ErrorKind.Invalid, $"The CA file {file} cannot be read: {e.Message}", "Name a file with certificates in PEM, such as the server's tls/ca.crt.", e);
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new BreakwaterException(ErrorKind.Invalid, $"The CA file {file} holds no certificate.", "Name a file with certificates in PEM, such as the server's tls/ca.crt.");
    }
}
