using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>
/// ARM's user-assigned managed identities. They are principals, so that they ask for the rights of the directory, not for Azure's of a
/// resource: whoever may write one's credentials can be it. https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities
/// </summary>
internal sealed class IdentityEndpoints(ManagedIdentities identities, InstallationScope installation)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapSubscription("GET", IdentityRoute.Root, ManagementActions.DirectoryRead, ListAsync)
        .MapDirectoryInGroup("GET", IdentityRoute.Root, ManagementActions.DirectoryRead, ListAsync)
        .MapDirectoryInGroup("GET", IdentityRoute.Root + "/{name}", ManagementActions.DirectoryRead, GetAsync)
        .MapDirectoryInGroup("PUT", IdentityRoute.Root + "/{name}", ManagementActions.DirectoryWrite, PutAsync)
        .MapDirectoryInGroup("PATCH", IdentityRoute.Root + "/{name}", ManagementActions.DirectoryWrite, ChangeAsync)
        .MapDirectoryInGroup("DELETE", IdentityRoute.Root + "/{name}", ManagementActions.DirectoryWrite, DeleteAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        IdentityRoute.Require(context, installation);
        await ArmPage.WriteAsync(context, await identities.ListAsync(access, ArmPage.After(context), ArmPage.Size), Render);
    }

    private Task GetAsync(HttpContext context, ManagementAccess access)
    {
        IdentityRoute.Require(context, installation);
        return WriteAsync(context, access, StatusCodes.Status200OK);
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        IdentityRoute.Require(context, installation);
        var body = await ArmJson.ReadAsync<IdentityBody>(context);
        var isNew = await identities.PutAsync(access, IdentityRoute.Name(context), body.Location ?? RegistryResource.Location, body.Tags ?? []);
        await WriteAsync(context, access, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        IdentityRoute.Require(context, installation);
        var body = await ArmJson.ReadAsync<IdentityBody>(context);
        var old = await IdentityRoute.FindAsync(context, access, identities);
        await identities.PutAsync(access, old.Name, old.Location, body.Tags ?? old.Labels);
        await WriteAsync(context, access, StatusCodes.Status200OK);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        IdentityRoute.Require(context, installation);
        context.Response.StatusCode = await identities.DeleteAsync(access, IdentityRoute.Name(context)) ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
    }

    private async Task WriteAsync(HttpContext context, ManagementAccess access, int status) =>
        await ArmJson.WriteAsync(context, Render(await IdentityRoute.FindAsync(context, access, identities)), status);

    private object Render(ManagedIdentity identity) => new
    {
        id = IdentityRoute.IdOf(installation, identity),
        type = IdentityRoute.Type,
        name = identity.Name,
        location = identity.Location,
        tags = identity.Labels,
        properties = new { tenantId = installation.InstallationId, principalId = identity.Id, clientId = identity.AppId },
    };
}
