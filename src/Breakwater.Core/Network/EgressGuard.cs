using System.Net;

namespace Breakwater.Core.Network;

/// <summary>To which addresses requests go whose target somebody else than the operator has named.</summary>
/// <param name="allowed">Networks beyond the public Internet. Those stay closed where clouds keep the credentials of machines.</param>
public sealed class EgressGuard(IReadOnlyList<IPNetwork> allowed)
{
    /// <summary>Asked about the address that is connected to, after the name was resolved.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !OutgoingHttp.IsForbidden(plain) && (GlobalAddress.Is(plain) || allowed.Any(network => network.Contains(plain)));
    }

    /// <summary>Whether a host can be refused without asking anybody: it is written as an address that is not allowed.</summary>
    internal bool RefusesLiteral(Uri target) => IPAddress.TryParse(target.DnsSafeHost, out var address) && !Allows(address);
}
