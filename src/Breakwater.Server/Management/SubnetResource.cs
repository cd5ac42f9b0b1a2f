using System.Collections.Immutable;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>
/// Private listeners as subnets of one virtual network, for tools that know nothing else to put a private endpoint into. A listener is one whose operator has said
/// which networks its clients are in; nobody can change them here.
/// </summary>
internal sealed class SubnetResource(InstallationScope installation, PrivateListeners listeners)
{
    public const string NetworkType = "Microsoft.Network/virtualNetworks", Type = NetworkType + "/subnets", NetworkName = "private";

    public ImmutableArray<PrivateListener> All => listeners.WithNetworks;

    private string NetworkId => $"{installation.DefaultGroup}/providers/{NetworkType}/{NetworkName}";

    public static bool IsNetwork(string? name) => NetworkName.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <param name="name">In any case, as ARM has it.</param>
    public PrivateListener? Find(string? name) => All.FirstOrDefault(listener => listener.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <returns>Null when the resource id is none of a subnet that is there.</returns>
    public PrivateListener? FindById(string id) =>
        id.StartsWith(NetworkId + "/subnets/", StringComparison.OrdinalIgnoreCase) ? Find(id[(NetworkId.Length + "/subnets/".Length)..]) : null;

    /// <returns>The subnet whose terms these are; null when they are others than a subnet's.</returns>
    public object? ReferenceFor(ConnectionTerms? terms) =>
        terms is { ClientAuthority: null } && Find(terms.Listener) is { } listener && listeners.NetworksOf(listener).SequenceEqual(terms.SourcePrefixes) ? new { id = IdOf(listener) } : null;

    public object Render() => new
    {
        id = NetworkId,
        name = NetworkName,
        type = NetworkType,
        location = RegistryResource.Location,
        properties = new
        {
            provisioningState = "Succeeded",
            addressSpace = new { addressPrefixes = All.SelectMany(NetworksOf) },
            subnets = All.Select(Render),
        },
    };

    public object Render(PrivateListener listener) => new
    {
        id = IdOf(listener),
        name = listener.Name,
        type = Type,
        properties = new
        {
            provisioningState = "Succeeded",
            addressPrefix = NetworksOf(listener).First(),
            addressPrefixes = NetworksOf(listener),
            privateEndpointNetworkPolicies = "Disabled",
        },
    };

    private string IdOf(PrivateListener listener) => $"{NetworkId}/subnets/{listener.Name}";

    private IEnumerable<string> NetworksOf(PrivateListener listener) => listeners.NetworksOf(listener).Select(network => network.Text);
}
