using System.Net;

namespace Breakwater.Core.Network;

/// <summary>By which networks a registry's content is reached. Managing it is not its matter, as with ACR.</summary>
public sealed record RegistryNetwork
{
    /// <summary>By all of them, as a new registry is.</summary>
    public static readonly RegistryNetwork Open = new();

    public NetworkRules Rules { get; init; } = NetworkRules.None;

    /// <summary>Whether anything but private endpoints leads there. Default true; false goes before every rule.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>Whether an import may read and write what its maker's address could not. Default true, as with ACR.</summary>
    public bool TrustsServices { get; init; } = true;

    /// <summary>Whether blobs are fetched from a host of their own, by signed addresses. Default false, as with ACR.</summary>
    public bool HasDataEndpoint { get; init; }

    /// <summary>Whether nothing of who is let in differs from what a new registry has: then its tier does not matter.</summary>
    public bool IsDefault => IsPublic && TrustsServices && Rules.Is(NetworkRules.None);

    /// <summary>Whether nobody need be asked for an address.</summary>
    public bool AdmitsAll => IsPublic && Rules.AdmitsAll;

    /// <summary>For a client that came by no private endpoint.</summary>
    /// <param name="address">Null: not known, and so let in only where everybody is.</param>
    public bool AdmitsPublic(IPAddress? address) => AdmitsAll || (IsPublic && address is not null && Rules.Admits(address));
}
