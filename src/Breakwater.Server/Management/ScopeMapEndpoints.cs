using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's scope maps. https://learn.microsoft.com/rest/api/containerregistry/scope-maps</summary>
internal sealed class ScopeMapEndpoints(ScopeMaps maps, InstallationScope installation)
{
    private const string Tail = "/scopeMaps";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", Tail, ManagementActions.ScopeMapsRead, ListAsync)
        .MapRegistry("GET", Tail + "/{name}", ManagementActions.ScopeMapsRead, GetAsync)
        .MapRegistry("PUT", Tail + "/{name}", ManagementActions.ScopeMapsWrite, PutAsync)
        .MapRegistry("PATCH", Tail + "/{name}", ManagementActions.ScopeMapsWrite, ChangeAsync)
        .MapRegistry("DELETE", Tail + "/{name}", ManagementActions.ScopeMapsDelete, DeleteAsync);

    /// <summary>The name in a scope map's resource id; null when it names none.</summary>
    public static string? NameIn(string? resourceId) =>
        resourceId?.Split('/') is [.., var type, { Length: > 0 } name] && type.Equals("scopeMaps", StringComparison.OrdinalIgnoreCase) ? name : null;

    public static string IdOf(InstallationScope installation, ManagementAccess access, string name) => $"{installation.IdOf(access.Registry!)}{Tail}/{name}";

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        await ArmPage.WriteAsync(context, await maps.ListAsync(access, ArmPage.After(context), ArmPage.Size), map => Render(access, map));
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        await ArmJson.WriteAsync(context, Render(access, await maps.FindAsync(access, NameOf(context)) ?? throw new OciException(ManagementErrors.NotFound)));
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = (await ArmJson.ReadAsync<ScopeMapBody>(context)).Properties;
        var isNew = await maps.FindAsync(access, NameOf(context)) is null;
        await WriteAsync(context, access, body?.Description, body?.Actions, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = (await ArmJson.ReadAsync<ScopeMapBody>(context)).Properties;
        var old = await maps.FindAsync(access, NameOf(context)) ?? throw new OciException(ManagementErrors.NotFound);
        await WriteAsync(context, access, body?.Description ?? old.Description, body?.Actions ?? old.Actions.Split('\n'), StatusCodes.Status200OK);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        context.Response.StatusCode = await maps.DeleteAsync(access, NameOf(context)) switch
        {
            ScopeMapOutcome.Done => StatusCodes.Status200OK,
            ScopeMapOutcome.NotFound => StatusCodes.Status204NoContent,
            ScopeMapOutcome.System => throw SystemMap(),
            _ => throw new OciException(ManagementErrors.InUse, "A token has this scope map. Give the token another one first."),
        };
    }

    private async Task WriteAsync(HttpContext context, ManagementAccess access, string? description, string[]? actions, int status)
    {
        if (!await maps.PutAsync(access, NameOf(context), description, actions ?? []))
            throw SystemMap();
        await ArmJson.WriteAsync(context, Render(access, (await maps.FindAsync(access, NameOf(context)))!), status);
    }

    private static string NameOf(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";

    private static OciException SystemMap() => new(ManagementErrors.InvalidRequest, "This scope map comes with the registry and cannot be changed. Make one of your own.");

    private object Render(ManagementAccess access, ScopeMap map) => new
    {
        id = IdOf(installation, access, map.Name),
        type = "Microsoft.ContainerRegistry/registries/scopeMaps",
        name = map.Name,
        properties = new
        {
            description = map.Description,
            type = map.IsSystem ? "SystemDefined" : "UserDefined",
            creationDate = map.CreatedAt,
            provisioningState = "Succeeded",
            actions = map.Actions.Split('\n'),
        },
    };
}
