using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Private endpoints, from both sides.</summary>
internal static class NetworkOperations
{
    private const string Endpoints = Group + "/providers/" + PrivateEndpointResource.Type, Endpoint = Endpoints + "/{name}";
    private const string Connections = RegistryOperations.One + "/privateEndpointConnections", Connection = Connections + "/{name}", Links = RegistryOperations.One + "/privateLinkResources";

    public static IEnumerable<Operation> All =>
    [
        List(Endpoints, "PrivateEndpoints_List", "Lists the private endpoints.", Shapes.PrivateEndpoint),
        Get(Endpoint, "PrivateEndpoints_Get", "Shows a private endpoint.", Shapes.PrivateEndpoint),
        Put(Endpoint, "PrivateEndpoints_CreateOrUpdate", "Asks a registry for a connection; whoever may approve it gets it at once.", Shapes.PrivateEndpoint),
        Delete(Endpoint, "PrivateEndpoints_Delete", "Deletes a private endpoint and disconnects its connection."),
        List(Connections, "PrivateEndpointConnections_List", "Lists the private endpoints that ask for the registry, or were let in.", Shapes.PrivateConnection),
        Get(Connection, "PrivateEndpointConnections_Get", "Shows a private endpoint connection.", Shapes.PrivateConnection),
        Put(Connection, "PrivateEndpointConnections_CreateOrUpdate", "Approves or rejects it.", Shapes.PrivateConnection),
        Delete(Connection, "PrivateEndpointConnections_Delete", "Deletes a connection; its private endpoint leads nowhere then."),
        List(Links, "Registries_ListPrivateLinkResources", "Lists what private endpoints can lead to.", Shapes.PrivateLink),
        Get(Links + "/{name}", "Registries_GetPrivateLinkResource", "Shows what private endpoints can lead to.", Shapes.PrivateLink),
    ];
}
