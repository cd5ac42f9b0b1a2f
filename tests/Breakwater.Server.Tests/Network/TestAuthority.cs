using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Tests.Network;

/// <summary>A certificate authority for clients, which can revoke what it has issued.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string EcdsaSha256 = "1.2.840.10045.4.3.2";

    private TestAuthority(X509Certificate2 certificate) => Certificate = certificate;

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    public static TestAuthority Create(string name = "CN=clients", TestAuthority? issuer = null, bool isRsa = false)
    {
        using var rsa = isRsa ? RSA.Create(2048) : null;
        using var ecdsa = isRsa ? null : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = rsa is null
            ? new CertificateRequest(name, ecdsa!, HashAlgorithmName.SHA256)
            : new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = DateTimeOffset.UtcNow;
        if (issuer is null)
            return new TestAuthority(request.CreateSelfSigned(now.AddDays(-10), now.AddYears(1)));
        using var bare = request.Create(issuer.Certificate, now.AddDays(-9), now.AddDays(300), RandomNumberGenerator.GetBytes(8));
        return new TestAuthority(rsa is null ? bare.CopyWithPrivateKey(ecdsa!) : bare.CopyWithPrivateKey(rsa));
    }

    public X509Certificate2 Issue(string name = "CN=client")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        var generator = Certificate.GetRSAPrivateKey() is { } rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        var now = DateTimeOffset.UtcNow;
        using var bare = request.Create(Certificate.SubjectName, generator, now.AddDays(-1), now.AddDays(30), [0, .. RandomNumberGenerator.GetBytes(12)]);
        return bare.CopyWithPrivateKey(key);
    }

    public byte[] Revoke(params X509Certificate2[] revoked) => Revoke(DateTimeOffset.UtcNow.AddDays(7), revoked);

    public byte[] Revoke(DateTimeOffset nextUpdate, params X509Certificate2[] revoked) => Revoke(nextUpdate, HashAlgorithmName.SHA256, DateTimeOffset.UtcNow.AddDays(-8), revoked);

    public byte[] Revoke(DateTimeOffset nextUpdate, HashAlgorithmName hash, DateTimeOffset thisUpdate, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            builder.AddEntry(certificate, thisUpdate, X509RevocationReason.KeyCompromise);
        return builder.Build(Certificate, BigInteger.One, nextUpdate, hash, Certificate.GetRSAPublicKey() is null ? null : RSASignaturePadding.Pkcs1, thisUpdate);
    }

    /// <summary>A signed list with an extension of its own, and without a next one where that is asked for.</summary>
    public byte[] Craft(string? extension = null, bool isCritical = false, bool isOfAnEntry = false, bool hasNext = true, string algorithm = EcdsaSha256)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(algorithm);
            writer.WriteEncodedValue(Certificate.SubjectName.RawData);
            writer.WriteUtcTime(DateTimeOffset.UtcNow.AddDays(-1));
            if (hasNext)
                writer.WriteUtcTime(DateTimeOffset.UtcNow.AddDays(1));
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteInteger(77);
                writer.WriteUtcTime(DateTimeOffset.UtcNow.AddDays(-1));
                if (extension is not null && isOfAnEntry)
                    WriteExtension(writer, extension, isCritical);
            }
            if (extension is not null && !isOfAnEntry)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    WriteExtension(writer, extension, isCritical);
            }
        }
        return Sign(writer.Encode(), algorithm);
    }

    public static string ToPem(byte[] list) => PemEncoding.WriteString("X509 CRL", list) + "\n";

    public void Dispose() => Certificate.Dispose();

    private byte[] Sign(byte[] signed, string algorithm)
    {
        using var key = Certificate.GetECDsaPrivateKey()!;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signed);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(algorithm);
            writer.WriteBitString(key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
        return writer.Encode();
    }

    private static void WriteExtension(AsnWriter writer, string name, bool isCritical)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(name);
            if (isCritical)
                writer.WriteBoolean(true);
            writer.WriteOctetString([5, 0]);
        }
    }
}
