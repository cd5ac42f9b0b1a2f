using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.LoadHarness.Targets;

/// <summary>A self-signed P-256 certificate for a server that makes none of its own.</summary>
internal static class ServerCertificate
{
    public static (string Certificate, string Key) Write(string folder)
    {
        var certificateFile = Path.Combine(folder, "bench.crt");
        var keyFile = Path.Combine(folder, "bench.key");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
