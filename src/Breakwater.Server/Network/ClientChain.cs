using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Network;

/// <summary>A client's certificate with the authorities above it, as far as revocation lists speak of them.</summary>
/// <param name="Links">For each certificate but the root's: whose list it would stand in, and as what.</param>
/// <param name="ValidUntil">When the first of them ends.</param>
internal sealed record ClientChain(ImmutableArray<(string Authority, string Serial)> Links, DateTimeOffset ValidUntil)
{
    public static ClientChain Of(X509Chain chain)
    {
        var all = chain.ChainElements.Select(element => element.Certificate).ToArray();
        return new ClientChain(
            [.. all.Zip(all.Skip(1), (certificate, issuer) => (KeyOf(issuer), SerialOf(certificate.SerialNumberBytes.Span)))],
            all.Min(certificate => new DateTimeOffset(certificate.NotAfter.ToUniversalTime())));
    }

    /// <summary>Name and key together: two authorities of one name are two.</summary>
    public static string KeyOf(X509Certificate2 authority) =>
        Convert.ToHexString(SHA256.HashData([.. authority.SubjectName.RawData, .. authority.PublicKey.ExportSubjectPublicKeyInfo()]));

    /// <summary>In one form, however many zeros stand before it.</summary>
    public static string SerialOf(ReadOnlySpan<byte> serial) => Convert.ToHexString(serial.TrimStart((byte)0));
}
