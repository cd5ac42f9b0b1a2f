using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Hosting;

/// <summary>A certificate with its private key and intermediates, ready for handshakes.</summary>
internal sealed class TlsPair : IDisposable
{
    private readonly X509Certificate2Collection _intermediates;

    private TlsPair(X509Certificate2 certificate, X509Certificate2Collection intermediates)
    {
        (Certificate, _intermediates) = (certificate, intermediates);
        // Built once: it looks for the chain, which is too slow for every handshake. Offline: a start must not wait for somebody's network.
        Context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    public X509Certificate2 Certificate { get; }

    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads a pair of PEM files, which may be one file.</summary>
    /// <returns>Null when <paramref name="problem"/> says why not.</returns>
    public static TlsPair? Load(string certificateFile, string keyFile, out string? problem)
    {
        try
        {
            return Parse(File.ReadAllText(certificateFile), File.ReadAllText(keyFile), out problem);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"A file cannot be read: {error.Message}";
            return null;
        }
    }

    /// <summary>Takes a pair from PEM text: the leaf first, then its intermediates; the key beside it or in the same text.</summary>
    /// <returns>Null when <paramref name="problem"/> says why not.</returns>
    public static TlsPair? Parse(string certificatePem, string keyPem, out string? problem)
    {
        problem = null;
        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            if (OperatingSystem.IsWindows())
                leaf = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null); // SChannel takes no ephemeral key.
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificatePem);
            chain[0].Dispose();
            chain.RemoveAt(0);
            return new(leaf, chain);
        }
        catch (CryptographicException error)
        {
            problem = $"The certificate and key cannot be used together: {error.Message}";
        }
        catch (ArgumentException error)
        {
            problem = $"The PEM text is not what was expected: {error.Message}";
        }
        return null;
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var certificate in _intermediates)
            certificate.Dispose();
    }
}
