using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Network;

/// <summary>What a certificate authority has revoked (a CRL, RFC 5280 section 5). Read, and not yet believed.</summary>
internal sealed record RevocationList
{
    /// <summary>The authority's name as it is encoded.</summary>
    public required ReadOnlyMemory<byte> Issuer { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>When there is a newer one at the latest, and this one says nothing any more.</summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>Serial numbers as <see cref="ClientChain.SerialOf"/> writes them.</summary>
    public required FrozenSet<string> Revoked { get; init; }

    /// <summary>The encoded part that the signature is of.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>Object identifier of the signature's algorithm.</summary>
    public required string Algorithm { get; init; }

    public required byte[] Signature { get; init; }

    public string IssuerName => new X500DistinguishedName(Issuer.Span).Name;

    public bool IsOf(X509Certificate2 authority) => Issuer.Span.SequenceEqual(authority.SubjectName.RawData);
}
