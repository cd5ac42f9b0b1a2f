using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Hosting;

/// <summary>Makes the local CA's certificates (RFC 5280), ECDSA P-256.</summary>
internal static class CertificateIssuer
{
    /// <summary>Clients whose clocks are a little behind take a fresh certificate too.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <returns>The CA's certificate, PEM.</returns>
    public static string SelfSign(ECDsa key, DateTimeOffset from, DateTimeOffset until)
    {
        // The key's mark in the name tells the CAs of several installations apart in a trust store.
        var mark = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 4));
        var request = new CertificateRequest($"CN=Breakwater local CA {mark}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(from - ClockSkew, until);
        return certificate.ExportCertificatePem() + '\n';
    }

    /// <returns>A new key and its certificate, PEM.</returns>
    public static string IssueServer(X509Certificate2 authority, CertificateNames names, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Breakwater", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(names.ToExtension().Build());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        // No certificate is valid outside its issuer's time, also when the clock was set back since.
        DateTimeOffset first = authority.NotBefore.ToUniversalTime(), last = authority.NotAfter.ToUniversalTime();
        using var certificate = request.Create(authority, Max(from - ClockSkew, first), until < last ? until : last, RandomNumberGenerator.GetBytes(16));
        return key.ExportPkcs8PrivateKeyPem() + '\n' + certificate.ExportCertificatePem() + '\n';
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
