using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Breakwater.Core.Network;

/// <summary>Which addresses belong to the public Internet: what is not in one of IANA's special-purpose registries.</summary>
/// <remarks>
/// https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry. Addresses that
/// carry another one in them (NAT64, 6to4, Teredo) are not global either: a translator on the way may lead anywhere.
/// </remarks>
internal static class GlobalAddress
{
    private static readonly ImmutableArray<IPNetwork> NotGlobal4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Everything outside of it is unassigned, private, local, multicast or a translation.
    private static readonly IPNetwork Unicast6 = IPNetwork.Parse("2000::/3");

    // Protocol assignments with Teredo and ORCHID, documentation, 6to4, AS112, the closed 6bone, documentation again.
    private static readonly ImmutableArray<IPNetwork> NotGlobal6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20");

    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Holds(NotGlobal4, address),
        // With a scope an address counts on one link only.
        AddressFamily.InterNetworkV6 => Unicast6.Contains(address) && address.ScopeId == 0 && !Holds(NotGlobal6, address),
        _ => false,
    };

    private static bool Holds(ImmutableArray<IPNetwork> networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }
        return false;
    }

    private static ImmutableArray<IPNetwork> Parse(params string[] networks) => [.. networks.Select(text => IPNetwork.Parse(text))];
}
