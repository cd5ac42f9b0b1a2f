using System.Net;
using System.Net.Sockets;
using Breakwater.Core.Network;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Network;

/// <summary>Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, and how far back.</summary>
/// <remarks>
/// Each proxy adds the address that it saw at the right. So the headers are read from the right, one entry for each proxy that the operator named, and
/// never further than the first address that is none of them: what a client wrote itself stands to the left of that.
/// </remarks>
/// <param name="hops">Most proxies that a request passes.</param>
internal sealed class TrustedProxies(IEnumerable<AddressRange> networks, int hops)
{
    private readonly AddressSet _networks = AddressSet.Of(networks);

    public bool Trusts(IPAddress peer) => _networks.Contains(peer);

    /// <param name="peer">A trusted proxy, at the other end of the connection.</param>
    /// <returns>The client, as far as it is known, and the scheme that it used; null: that of the connection.</returns>
    public (IPAddress Client, string? Scheme) Resolve(IPAddress peer, StringValues forwardedFor, StringValues forwardedProto)
    {
        var (addresses, schemes) = (Entries(forwardedFor), Entries(forwardedProto));
        var (client, scheme) = (peer, (string?)null);
        for (var hop = 1; hop <= hops && Trusts(client); hop++)
        {
            if (SchemeOf(schemes, hop) is { } named)
                scheme = named;
            if (hop > addresses.Count || Parse(addresses[^hop]) is not { } next)
                break;
            client = next;
        }
        return (client, scheme);
    }

    private static string? SchemeOf(List<string> schemes, int hop) => hop > schemes.Count ? null : schemes[^hop] switch
    {
        "https" or "HTTPS" => "https",
        "http" or "HTTP" => "http",
        _ => null,
    };

    private static List<string> Entries(StringValues header)
    {
        var entries = new List<string>();
        foreach (var line in header)
            entries.AddRange((line ?? "").Split(',', StringSplitOptions.TrimEntries));
        return entries;
    }

    /// <summary>An address, with or without a port; null for anything else, which ends the search at the proxy that wrote it.</summary>
    private static IPAddress? Parse(string entry)
    {
        var bare = entry switch
        {
            ['[', .. var inner] when inner.IndexOf(']', StringComparison.Ordinal) is > 0 and var end && (end == inner.Length - 1 || inner[end + 1] == ':') => inner[..end],
            _ when entry.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon == entry.LastIndexOf(':') => entry[..colon],
            _ => entry,
        };
        if (bare.Contains('%', StringComparison.Ordinal) || bare.Contains('[', StringComparison.Ordinal) || !IPAddress.TryParse(bare, out var address))
            return null;
        // What inet_aton would take is nothing that a proxy writes.
        return address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != bare ? null : AddressRange.Unmapped(address);
    }
}
