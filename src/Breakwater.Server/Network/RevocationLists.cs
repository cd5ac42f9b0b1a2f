using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Server.Network;

/// <summary>
/// The revocation lists of a listener's authority and its intermediates, each signed by whom it is of. For a certificate of whom there is no list that counts
/// now, nothing is known, and that is no.
/// </summary>
internal sealed class RevocationLists
{
    private const string Label = "X509 CRL";

    private readonly FrozenDictionary<string, RevocationList> _byAuthority;

    private RevocationLists(ImmutableArray<RevocationList> all, FrozenDictionary<string, RevocationList> byAuthority) => (All, _byAuthority) = (all, byAuthority);

    public ImmutableArray<RevocationList> All { get; }

    /// <param name="content">DER of one list, or PEM of any number.</param>
    /// <exception cref="InvalidDataException">A list is none, cannot be relied on, or is not the authority's; the message says what is wrong.</exception>
    public static RevocationLists Read(byte[] content, ClientAuthority authority)
    {
        try
        {
            var newest = new Dictionary<string, RevocationList>(StringComparer.Ordinal);
            foreach (var list in Split(content).Select(der => RevocationListReader.Read(der)))
            {
                foreach (var key in SignersOf(list, authority))
                    newest[key] = newest.TryGetValue(key, out var other) && other.ThisUpdate > list.ThisUpdate ? other : list;
            }
            return new RevocationLists([.. newest.Values.Distinct()], newest.ToFrozenDictionary(StringComparer.Ordinal));
        }
        catch (Exception problem) when (problem is AsnContentException or CryptographicException or FormatException)
        {
            throw new InvalidDataException($"It is no revocation list: {problem.Message}");
        }
    }

    /// <returns>Why a client is not to be let in; null when nothing is against it.</returns>
    public string? ProblemOf(ClientChain chain, DateTimeOffset now)
    {
        foreach (var (authority, serial) in chain.Links)
        {
            if (!_byAuthority.TryGetValue(authority, out var list))
                return "there is no revocation list of its authority";
            if (now < list.ThisUpdate || now >= list.NextUpdate)
                return $"the revocation list of {list.IssuerName} does not count now, but from {list.ThisUpdate:u} to {list.NextUpdate:u}";
            if (list.Revoked.Contains(serial))
                return $"{list.IssuerName} has revoked {serial}";
        }
        return null;
    }

    // An authority may have one key in two certificates, an old one and its successor.
    private static List<string> SignersOf(RevocationList list, ClientAuthority authority)
    {
        var signers = authority.Certificates.Where(list.IsOf).Where(certificate => RevocationSignature.IsOf(certificate, list)).Select(ClientChain.KeyOf).Distinct().ToList();
        return signers.Count > 0 ? signers : throw new InvalidDataException($"The list in the name of {list.IssuerName} is not signed by one of the client authorities.");
    }

    private static List<byte[]> Split(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        if (!text.Contains("-----BEGIN ", StringComparison.Ordinal))
            return [content];
        var found = new List<byte[]>();
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            if (rest[fields.Label] is Label)
                found.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
        }
        return found.Count > 0 ? found : throw new InvalidDataException("The file holds no revocation list.");
    }
}
