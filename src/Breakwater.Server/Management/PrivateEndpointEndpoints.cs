using Breakwater.Core.Access;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's private endpoints, in the resource group. https://learn.microsoft.com/rest/api/virtualnetwork/private-endpoints</summary>
internal sealed class PrivateEndpointEndpoints(PrivateEndpoints endpoints, PrivateListeners listeners, SubnetResource subnets, PrivateEndpointResource resource, InstallationScope installation, RegistryDirectory registries)
{
    private const string Tail = "/providers/" + PrivateEndpointResource.Type, One = Tail + "/{name}";

    public void Map(IEndpointRouteBuilder routes) => new ManagementRoutes(routes)
        .MapSubscription("GET", Tail, ManagementActions.PrivateEndpointsRead, ListAsync)
        .MapGroup("GET", Tail, ManagementActions.PrivateEndpointsRead, ListAsync)
        .MapGroup("GET", One, ManagementActions.PrivateEndpointsRead, GetAsync)
        .MapGroup("PUT", One, ManagementActions.PrivateEndpointsWrite, PutAsync)
        .MapGroup("DELETE", One, ManagementActions.PrivateEndpointsDelete, DeleteAsync);

    // The first group has them all.
    private static void Require(HttpContext context)
    {
        ApiVersion.Require(context);
        if (context.Request.RouteValues["group"] is { } group && !InstallationScope.IsDefaultGroup(group))
            throw new OciException(ManagementErrors.NotFound);
    }

    private static string NameOf(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        Require(context);
        await ArmPage.WriteAsync(context, await endpoints.ListAsync(access, ArmPage.After(context), ArmPage.Size), resource.Render);
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        Require(context);
        await ArmJson.WriteAsync(context, resource.Render(await endpoints.FindAsync(access, NameOf(context)) ?? throw new OciException(ManagementErrors.NotFound)));
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        // Before the body: what it names is answered for.
        access.Demand(ManagementActions.PrivateEndpointsWrite);
        Require(context);
        var request = (await ArmJson.ReadAsync<PrivateEndpointBody>(context)).ToRequest(listeners, subnets, id => FindReadable(access, id));
        var (endpoint, isNew) = await endpoints.PutAsync(access, NameOf(context), request);
        await ArmJson.WriteAsync(context, resource.Render(endpoint), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        Require(context);
        context.Response.StatusCode = await endpoints.DeleteAsync(access, NameOf(context)) ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
    }

    // One that is not there and one that the caller may not look at are the same.
    private Registry? FindReadable(ManagementAccess access, string resourceId) =>
        installation.Parse(resourceId, registries)?.RegistryId is { } id && registries.Find(id) is { } found && ManagementAccess.Decide(access.Caller, found, ManagementActions.RegistriesRead) is not null ? found : null;
}
