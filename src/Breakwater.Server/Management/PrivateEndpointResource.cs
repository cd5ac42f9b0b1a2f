using System.Text.Json.Nodes;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>Private endpoints and their connections as ARM shows them.</summary>
internal sealed class PrivateEndpointResource(InstallationScope installation, RegistryDirectory registries, PrivateListeners listeners, SubnetResource subnets)
{
    public const string Type = "Microsoft.Network/privateEndpoints", GroupId = "registry";

    public object Render(PrivateEndpoint endpoint)
    {
        var registry = registries.Find(endpoint.RegistryId);
        var link = new
        {
            name = endpoint.Name,
            properties = new
            {
                privateLinkServiceId = installation.IdOfRegistry(registry?.Name ?? endpoint.RegistryName, registries),
                groupIds = new[] { GroupId },
                requestMessage = endpoint.RequestMessage,
                privateLinkServiceConnectionState = StateOf(endpoint.Connection),
                provisioningState = "Succeeded",
            },
        };
        return new
        {
            id = IdOf(endpoint.Name),
            name = endpoint.Name,
            type = Type,
            location = RegistryResource.Location,
            tags = JsonNode.Parse(endpoint.Tags),
            properties = new
            {
                provisioningState = "Succeeded",
                subnet = subnets.ReferenceFor(endpoint.Connection?.Terms),
                listener = endpoint.Connection?.Terms.Listener,
                sourcePrefixes = endpoint.Connection?.Terms.SourcePrefixes.Select(prefix => prefix.Text),
                clientCertificateAuthority = endpoint.Connection?.Terms.ClientAuthority,
                privateLinkServiceConnections = new[] { link },
                manualPrivateLinkServiceConnections = Array.Empty<object>(),
                customDnsConfigs = DnsOf(registry, endpoint.Connection),
            },
        };
    }

    public object RenderConnection(Registry registry, PrivateConnection connection) => new
    {
        id = $"{installation.IdOf(registry)}/privateEndpointConnections/{connection.Name}",
        name = connection.Name,
        type = RegistryResource.Type + "/privateEndpointConnections",
        properties = new
        {
            privateEndpoint = new { id = IdOf(connection.EndpointName) },
            privateLinkServiceConnectionState = StateOf(connection),
            provisioningState = "Succeeded",
            groupIds = new[] { GroupId },
            listener = connection.Terms.Listener,
            sourcePrefixes = connection.Terms.SourcePrefixes.Select(prefix => prefix.Text),
            clientCertificateAuthority = connection.Terms.ClientAuthority,
        },
    };

    private string IdOf(string name) => $"{installation.DefaultGroup}/providers/{Type}/{name}";

    private static object StateOf(PrivateConnection? connection) => new
    {
        status = (connection?.Status ?? ConnectionStatus.Disconnected).ToString(),
        description = connection?.Description ?? "The connection was deleted by the registry's side.",
        actionsRequired = "None",
    };

    // What the private network's name server is to say.
    private object[] DnsOf(Registry? registry, PrivateConnection? connection) =>
        registry is null || connection is null || listeners.Find(connection.Terms.Listener) is not { } listener
            ? []
            : [.. registries.HostsOf(registry).Select(host => new { fqdn = host, ipAddresses = new[] { listener.Address.Address.ToString() } })];
}
