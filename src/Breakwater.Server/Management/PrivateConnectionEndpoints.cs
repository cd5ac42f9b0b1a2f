using Breakwater.Core.Access;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>What a registry has to do with private endpoints. https://learn.microsoft.com/rest/api/containerregistry/private-endpoint-connections</summary>
internal sealed class PrivateConnectionEndpoints(ConnectionDecisions decisions, PrivateEndpointResource resource, RegistryDirectory registries, InstallationScope installation)
{
    private const string Tail = "/privateEndpointConnections", One = Tail + "/{name}", Links = "/privateLinkResources";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", Tail, ManagementActions.PrivateEndpointConnectionsRead, ListAsync)
        .MapRegistry("GET", One, ManagementActions.PrivateEndpointConnectionsRead, GetAsync)
        .MapRegistry("PUT", One, ManagementActions.PrivateEndpointConnectionsWrite, DecideAsync)
        .MapRegistry("DELETE", One, ManagementActions.PrivateEndpointConnectionsDelete, DeleteAsync)
        .MapRegistry("GET", Links, ManagementActions.PrivateLinkResourcesRead, ListLinksAsync)
        .MapRegistry("GET", Links + "/{name}", ManagementActions.PrivateLinkResourcesRead, GetLinkAsync);

    private static string NameOf(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";

    private Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        return ArmJson.WriteAsync(context, new { value = decisions.List(access).Select(connection => resource.RenderConnection(access.Registry!, connection)) });
    }

    private Task GetAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        return ArmJson.WriteAsync(context, resource.RenderConnection(access.Registry!, decisions.Find(access, NameOf(context)) ?? throw NotFound()));
    }

    private async Task DecideAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = await ArmJson.ReadAsync<PrivateConnectionBody>(context);
        var decided = await decisions.DecideAsync(access, NameOf(context), body.IsApproved(), body.Description);
        await ArmJson.WriteAsync(context, resource.RenderConnection(access.Registry!, decided ?? throw NotFound()));
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        context.Response.StatusCode = await decisions.DeleteAsync(access, NameOf(context)) ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
    }

    private Task ListLinksAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.PrivateLinkResourcesRead);
        ApiVersion.Require(context);
        return ArmJson.WriteAsync(context, new { value = new[] { RenderLink(access.Registry!) } });
    }

    private Task GetLinkAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.PrivateLinkResourcesRead);
        ApiVersion.Require(context);
        return NameOf(context).Equals(PrivateEndpointResource.GroupId, StringComparison.OrdinalIgnoreCase) ? ArmJson.WriteAsync(context, RenderLink(access.Registry!)) : throw NotFound();
    }

    private object RenderLink(Registry registry) => new
    {
        id = $"{installation.IdOf(registry)}{Links}/{PrivateEndpointResource.GroupId}",
        name = PrivateEndpointResource.GroupId,
        type = RegistryResource.Type + Links,
        properties = new { groupId = PrivateEndpointResource.GroupId, requiredMembers = registry.Network.HasDataEndpoint ? [PrivateEndpointResource.GroupId, $"registry_data_{registry.Region}"] : new[] { PrivateEndpointResource.GroupId }, requiredZoneNames = new[] { registries.Domain } },
    };

    private static OciException NotFound() => new(ManagementErrors.NotFound);
}
