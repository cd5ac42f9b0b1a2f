using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Core.Identity;
using Breakwater.Core.Network;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>Whom a private endpoint is for: who comes in by a listener, and from one of the networks, and with a certificate of the authority, where they are named.</summary>
/// <param name="Listener">Name of a private listener of the server.</param>
/// <param name="SourcePrefixes">Empty: from anywhere, if there is an authority.</param>
/// <param name="ClientAuthority">PEM of the authority; null: no certificate is asked for.</param>
public sealed record ConnectionTerms(string Listener, ImmutableArray<AddressRange> SourcePrefixes, string? ClientAuthority)
{
    private const int MaxPrefixes = 200, MaxAuthorityLength = 16 * 1024;

    /// <exception cref="InvalidValueException">They would let in everybody, or are not valid; the message says what to do.</exception>
    public static ConnectionTerms Require(string listener, IEnumerable<string> prefixes, string? authority)
    {
        ImmutableArray<AddressRange> ranges = [.. prefixes.Select(AddressRange.Parse).Distinct()];
        var pem = string.IsNullOrWhiteSpace(authority) ? null : Canonical(authority);
        if (ranges.IsEmpty && pem is null)
            throw new InvalidValueException("A private endpoint needs sourcePrefixes, clientCertificateAuthority or both. Name the networks that its clients are in.");
        if (ranges.Length > MaxPrefixes)
            throw new InvalidValueException($"A private endpoint has at most {MaxPrefixes} source prefixes.");
        return new ConnectionTerms(listener, ranges, pem);
    }

    public bool Equals(ConnectionTerms? other) =>
        other is not null && Listener == other.Listener && SourcePrefixes.SequenceEqual(other.SourcePrefixes) && ClientAuthority == other.ClientAuthority;

    public override int GetHashCode() => HashCode.Combine(Listener, SourcePrefixes.Length, ClientAuthority);

    /// <summary>The certificates of the authority; null where none is asked for.</summary>
    internal X509Certificate2Collection? OpenAuthority() => ClientAuthority is { } pem ? Open(pem) : null;

    // Certificates alone, in one form: whatever else stood in the text is not kept.
    private static string Canonical(string pem)
    {
        if (pem.Length > MaxAuthorityLength)
            throw new InvalidValueException($"clientCertificateAuthority is longer than {MaxAuthorityLength} characters. Give the certificates of the authority only.");
        var found = Open(pem);
        if (found.Count == 0 || !found.All(IsAuthority))
            throw new InvalidValueException("clientCertificateAuthority holds no certificate, or one that is no authority's. Give the PEM certificate of the authority that signs the clients' certificates.");
        var text = new StringBuilder();
        foreach (var certificate in found)
            text.Append(certificate.ExportCertificatePem()).Append('\n');
        return text.ToString();
    }

    private static X509Certificate2Collection Open(string pem)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new InvalidValueException($"clientCertificateAuthority cannot be read: {e.Message} Give PEM certificates.");
        }
        return found;
    }

    private static bool IsAuthority(X509Certificate2 certificate) => certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}
