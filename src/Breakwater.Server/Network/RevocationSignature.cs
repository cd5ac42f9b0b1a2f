using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Network;

/// <summary>Whether an authority signed a revocation list: by RSA (PKCS #1) or ECDSA, with SHA-256, SHA-384 or SHA-512.</summary>
internal static class RevocationSignature
{
    private static readonly Dictionary<string, (bool IsRsa, HashAlgorithmName Hash)> Algorithms = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.11"] = (true, HashAlgorithmName.SHA256),
        ["1.2.840.113549.1.1.12"] = (true, HashAlgorithmName.SHA384),
        ["1.2.840.113549.1.1.13"] = (true, HashAlgorithmName.SHA512),
        ["1.2.840.10045.4.3.2"] = (false, HashAlgorithmName.SHA256),
        ["1.2.840.10045.4.3.3"] = (false, HashAlgorithmName.SHA384),
        ["1.2.840.10045.4.3.4"] = (false, HashAlgorithmName.SHA512),
    };

    /// <exception cref="InvalidDataException">The algorithm is none of those.</exception>
    public static bool IsOf(X509Certificate2 authority, RevocationList list)
    {
        if (!Algorithms.TryGetValue(list.Algorithm, out var algorithm))
            throw new InvalidDataException($"It is signed by an algorithm that is not taken ({list.Algorithm}). Have it signed by RSA (PKCS #1) or ECDSA with SHA-256 or more.");
        return MaySign(authority) && (algorithm.IsRsa ? IsRsa(authority, list, algorithm.Hash) : IsEcdsa(authority, list, algorithm.Hash));
    }

    private static bool MaySign(X509Certificate2 authority) =>
        authority.Extensions.OfType<X509KeyUsageExtension>().All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign));

    private static bool IsRsa(X509Certificate2 authority, RevocationList list, HashAlgorithmName hash)
    {
        using var key = authority.GetRSAPublicKey();
        return key is not null && key.VerifyData(list.Signed.Span, list.Signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static bool IsEcdsa(X509Certificate2 authority, RevocationList list, HashAlgorithmName hash)
    {
        using var key = authority.GetECDsaPublicKey();
        return key is not null && key.VerifyData(list.Signed.Span, list.Signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }
}
