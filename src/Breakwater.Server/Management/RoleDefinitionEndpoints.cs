using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's role definitions: the built-in ones and those made here. https://learn.microsoft.com/rest/api/authorization/role-definitions</summary>
internal sealed class RoleDefinitionEndpoints(CustomRoles roles, RegistryDirectory registries, InstallationScope installation)
{
    private const string Tail = "/providers/Microsoft.Authorization/roleDefinitions";

    private readonly RoleDefinitionJson _json = new(registries, installation);

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapAtScopes("GET", Tail, ManagementActions.RoleDefinitionsRead, ListAsync)
        .MapAtScopes("GET", Tail + "/{id}", ManagementActions.RoleDefinitionsRead, GetAsync)
        .MapAtScopes("PUT", Tail + "/{id}", ManagementActions.RoleDefinitionsWrite, PutAsync)
        .MapAtScopes("DELETE", Tail + "/{id}", ManagementActions.RoleDefinitionsDelete, DeleteAsync);

    public static string IdOf(InstallationScope installation, Guid role) => $"{installation.Subscription}{Tail}/{role:D}";

    /// <summary>The role that a resource id names, at whatever scope; null when it names none.</summary>
    public static Guid? Parse(string? resourceId)
    {
        var at = resourceId?.LastIndexOf('/') ?? -1;
        return at > 0 && resourceId![..at].EndsWith(Tail, StringComparison.OrdinalIgnoreCase) && Guid.TryParse(resourceId.AsSpan(at + 1), out var id) ? id : null;
    }

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.RoleDefinitionsRead);
        ApiVersion.Require(context);
        var filter = ODataFilter.Parse(context).Allow("roleName", "type", "atScopeAndBelow");
        var (name, type) = (filter.Value("roleName"), filter.Value("type"));
        // The built-in ones all stand on the first page.
        var after = ArmPage.After(context);
        var builtIn = after is null && IsOrNull(type, "BuiltInRole")
            ? BuiltInRoles.All.Where(role => IsOrNull(name, role.Name)).OrderBy(role => role.Name, StringComparer.Ordinal)
            : Enumerable.Empty<RoleDefinition>();
        var first = builtIn.Select(_json.Render).ToList();
        var custom = IsOrNull(type, "CustomRole")
            ? await roles.ListAsync(access, name, filter.Value("atScopeAndBelow") is not null, after ?? "", ArmPage.Size - first.Count)
            : new Page<CustomRole>([], Next: null);
        await ArmPage.WriteAsync(context, new Page<object>([.. first, .. custom.Items.Select(_json.Render)], custom.Next), role => role);
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.RoleDefinitionsRead);
        ApiVersion.Require(context);
        // What is no id is no role's.
        var id = Guid.TryParse(context.Request.RouteValues["id"] as string, out var named) ? named : throw new OciException(ManagementErrors.NotFound);
        var found = BuiltInRoles.Find(id) is { } builtIn ? _json.Render(builtIn) : await roles.FindAsync(access, id) is { } custom ? _json.Render(custom) : null;
        await ArmJson.WriteAsync(context, found ?? throw new OciException(ManagementErrors.NotFound));
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var id = IdOf(context);
        var content = _json.Read(await ArmJson.ReadAsync<RoleDefinitionBody>(context));
        if (!content.Scopes.Any(scope => scope.Covers(access.Scope) || access.Scope.Covers(scope)))
            throw new OciException(ManagementErrors.InvalidRequest, "properties.assignableScopes must name the scope of the request, or one above or below it.");
        Require(await roles.PutAsync(access, id, content));
        // ARM answers 201 to a change too.
        await ArmJson.WriteAsync(context, _json.Render((await roles.FindAsync(access, id))!), StatusCodes.Status201Created);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var id = IdOf(context);
        var before = await roles.FindAsync(access, id);
        var outcome = await roles.DeleteAsync(access, id);
        Require(outcome);
        if (outcome == CustomRoleOutcome.Done && before is not null)
            await ArmJson.WriteAsync(context, _json.Render(before));
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void Require(CustomRoleOutcome outcome)
    {
        var error = outcome switch
        {
            CustomRoleOutcome.BuiltIn => ManagementErrors.RoleIsBuiltIn,
            CustomRoleOutcome.NameTaken => ManagementErrors.RoleNameTaken,
            CustomRoleOutcome.HasAssignments => ManagementErrors.RoleIsGiven,
            CustomRoleOutcome.TooMany => ManagementErrors.TooManyRoles,
            _ => null,
        };
        if (error is not null)
            throw new OciException(error);
    }

    private static bool IsOrNull(string? wanted, string text) => wanted is null || text.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static Guid IdOf(HttpContext context) => Guid.TryParse(context.Request.RouteValues["id"] as string, out var id)
        ? id
        : throw new OciException(ManagementErrors.InvalidRequest, "The name of a role definition must be a GUID; its roleName is what people read.");
}
