using Breakwater.Core.Access;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's role definitions: the built-in ones. https://learn.microsoft.com/rest/api/authorization/role-definitions</summary>
internal sealed class RoleDefinitionEndpoints(InstallationScope installation)
{
    private const string Tail = "/providers/Microsoft.Authorization/roleDefinitions";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapAtScopes("GET", Tail, ManagementActions.RoleDefinitionsRead, ListAsync)
        .MapAtScopes("GET", Tail + "/{id}", ManagementActions.RoleDefinitionsRead, GetAsync);

    public static string IdOf(InstallationScope installation, Guid role) => $"{installation.Subscription}{Tail}/{role:D}";

    /// <summary>The role that a resource id names, at whatever scope; null when it names none.</summary>
    public static Guid? Parse(string? resourceId)
    {
        var at = resourceId?.LastIndexOf('/') ?? -1;
        return at > 0 && resourceId![..at].EndsWith(Tail, StringComparison.OrdinalIgnoreCase) && Guid.TryParse(resourceId.AsSpan(at + 1), out var id) ? id : null;
    }

    private Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var name = ODataFilter.Parse(context).Allow("roleName").Value("roleName");
        var roles = BuiltInRoles.All.Where(role => name is null || role.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).OrderBy(role => role.Name, StringComparer.Ordinal);
        return ArmJson.WriteAsync(context, new { value = roles.Select(Render) });
    }

    private Task GetAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        return Guid.TryParse(context.Request.RouteValues["id"] as string, out var id) && BuiltInRoles.Find(id) is { } role
            ? ArmJson.WriteAsync(context, Render(role))
            : throw new OciException(ManagementErrors.NotFound);
    }

    private object Render(RoleDefinition role) => new
    {
        id = IdOf(installation, role.Id),
        type = "Microsoft.Authorization/roleDefinitions",
        name = role.Id.ToString("D"),
        properties = new
        {
            roleName = role.Name,
            type = role.IsCustom ? "CustomRole" : "BuiltInRole",
            assignableScopes = new[] { "/" },
            permissions = new[]
            {
                new
                {
                    actions = Texts(role.Permissions.Actions),
                    notActions = Texts(role.Permissions.NotActions),
                    dataActions = Texts(role.Permissions.DataActions),
                    notDataActions = Texts(role.Permissions.NotDataActions),
                },
            },
        },
    };

    private static IEnumerable<string> Texts(IEnumerable<PermissionPattern> patterns) => patterns.Select(pattern => pattern.Text);
}
