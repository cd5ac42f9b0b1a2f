using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Private endpoints, from both sides.</summary>
internal static class NetworkOperations
{
    private const string Endpoints = Group + "/providers/" + PrivateEndpointResource.Type, Endpoint = Endpoints + "/{name}";
    private const string Networks = "/providers/" + SubnetResource.NetworkType, Network = Group + Networks + "/{network}";
    private const string Connections = RegistryOperations.One + "/privateEndpointConnections", Connection = Connections + "/{name}", Links = RegistryOperations.One + "/privateLinkResources";

    public static IEnumerable<Operation> All =>
    [
        List(Endpoints, "PrivateEndpoints_List", "Lists the private endpoints.", Shapes.PrivateEndpoint),
        List(Subscription + "/providers/" + PrivateEndpointResource.Type, "PrivateEndpoints_ListBySubscription", "Lists the private endpoints.", Shapes.PrivateEndpoint),
        Get(Endpoint, "PrivateEndpoints_Get", "Shows a private endpoint.", Shapes.PrivateEndpoint),
        Put(Endpoint, "PrivateEndpoints_CreateOrUpdate", "Asks a registry for a connection; whoever may approve it gets it at once.", Shapes.PrivateEndpoint),
        Delete(Endpoint, "PrivateEndpoints_Delete", "Deletes a private endpoint and disconnects its connection."),
        List(Subscription + Networks, "VirtualNetworks_ListAll", "Lists the one virtual network there is, if a private listener's networks are named.", Shapes.VirtualNetwork),
        List(Group + Networks, "VirtualNetworks_List", "The same, in a resource group.", Shapes.VirtualNetwork),
        Get(Network, "VirtualNetworks_Get", "Shows it.", Shapes.VirtualNetwork),
        List(Network + "/subnets", "Subnets_List", "Lists the private listeners as subnets.", Shapes.Subnet),
        Get(Network + "/subnets/{name}", "Subnets_Get", "Shows a private listener as a subnet.", Shapes.Subnet),
        List(Connections, "PrivateEndpointConnections_List", "Lists the private endpoints that ask for the registry, or were let in.", Shapes.PrivateConnection),
        Get(Connection, "PrivateEndpointConnections_Get", "Shows a private endpoint connection.", Shapes.PrivateConnection),
        Put(Connection, "PrivateEndpointConnections_CreateOrUpdate", "Approves or rejects it.", Shapes.PrivateConnection),
        Delete(Connection, "PrivateEndpointConnections_Delete", "Deletes a connection; its private endpoint leads nowhere then."),
        List(Links, "Registries_ListPrivateLinkResources", "Lists what private endpoints can lead to.", Shapes.PrivateLink),
        Get(Links + "/{name}", "Registries_GetPrivateLinkResource", "Shows what private endpoints can lead to.", Shapes.PrivateLink),
    ];
}
