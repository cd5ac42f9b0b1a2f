using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>
/// ARM's resource groups. Whoever has a role in one or below it sees it. They are there when PUT is answered, and gone when DELETE is: only empty ones go.
/// https://learn.microsoft.com/rest/api/resources/resource-groups
/// </summary>
internal sealed class ResourceGroupEndpoints(ResourceGroupStore store, ResourceGroupDirectory groups, InstallationScope installation)
{
    private const string Groups = "/subscriptions/{subscription}/resourceGroups";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapSignedIn("GET", Groups, ListAsync)
        .MapSignedIn("GET HEAD", Groups + "/{group}", GetAsync)
        .MapGroupOrNone("PUT", "", ManagementActions.ResourceGroupsWrite, PutAsync)
        .MapGroup("PATCH", "", ManagementActions.ResourceGroupsWrite, ChangeAsync)
        .MapGroupOrNone("DELETE", "", ManagementActions.ResourceGroupsDelete, DeleteAsync);

    /// <summary>Whether somebody has a role in a group, above it or below it.</summary>
    public static bool Sees(Caller caller, ResourceGroup group) =>
        caller.Rights.Assignments.Any(assignment => assignment.Scope.Covers(RoleScope.OfGroup(group.Id)) || assignment.Scope.GroupId == group.Id);

    private Task ListAsync(HttpContext context, Caller caller)
    {
        ApiVersion.Require(context);
        if (!installation.IsSubscription(context.Request.RouteValues["subscription"]) || caller.Rights.Assignments.IsEmpty)
            throw new OciException(OciErrors.Denied);
        return ArmJson.WriteAsync(context, new { value = groups.All.Where(group => Sees(caller, group)).Select(Render) });
    }

    // HEAD asks only whether it is there.
    private Task GetAsync(HttpContext context, Caller caller)
    {
        var group = Find(context, caller);
        if (!HttpMethods.IsHead(context.Request.Method))
            return ArmJson.WriteAsync(context, Render(group));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = await ArmJson.ReadAsync<ResourceGroupBody>(context);
        await WriteAsync(context, await store.PutAsync(access, NameOf(context), body.Location, body.Tags));
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = await ArmJson.ReadAsync<ResourceGroupBody>(context);
        await WriteAsync(context, await store.ChangeAsync(access, NameOf(context), body.Location, body.Tags));
    }

    private Task WriteAsync(HttpContext context, ResourceGroupResult result) => result.Outcome switch
    {
        ResourceGroupOutcome.Created => ArmJson.WriteAsync(context, Render(result.Group!), StatusCodes.Status201Created),
        ResourceGroupOutcome.Changed => ArmJson.WriteAsync(context, Render(result.Group!)),
        ResourceGroupOutcome.LocationDiffers => throw new OciException(ManagementErrors.LocationDiffers, $"The resource group is in location '{result.Group!.Location}' and cannot move."),
        _ => throw new OciException(ManagementErrors.GroupNotFound),
    };

    // ARM deletes a group with all that it holds. A registry is too much to go with a name that was mistyped: only an empty group goes.
    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var result = await store.DeleteAsync(access, NameOf(context));
        switch (result.Outcome)
        {
            case ResourceGroupOutcome.Deleted:
                break;
            case ResourceGroupOutcome.IsDefault:
                throw new OciException(ManagementErrors.DefaultGroup);
            case ResourceGroupOutcome.HasRegistries:
                throw new OciException(ManagementErrors.GroupNotEmpty, $"The resource group holds registries: {string.Join(", ", result.Registries!)}. Delete them first, and recover or purge those that are deleted.");
            default:
                throw new OciException(ManagementErrors.GroupNotFound);
        }
    }

    // What is not there and what the caller has no role for get the same answer, but for whoever may look at all groups.
    private ResourceGroup Find(HttpContext context, Caller caller)
    {
        ApiVersion.Require(context);
        if (!installation.IsSubscription(context.Request.RouteValues["subscription"]))
            throw new OciException(OciErrors.Denied);
        if (installation.FindGroup(context) is { } group && Sees(caller, group))
            return group;
        throw new OciException(ManagementAccess.Decide(caller, null, ManagementActions.ResourceGroupsRead) is null ? OciErrors.Denied : ManagementErrors.GroupNotFound);
    }

    private static string NameOf(HttpContext context) => context.Request.RouteValues["group"] as string ?? "";

    private object Render(ResourceGroup group) => new
    {
        id = installation.GroupOf(group.Name),
        name = group.Name,
        type = "Microsoft.Resources/resourceGroups",
        location = group.Location,
        tags = group.Labels,
        properties = new { provisioningState = "Succeeded" },
    };
}
