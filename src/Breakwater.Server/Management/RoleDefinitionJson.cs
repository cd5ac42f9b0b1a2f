using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>Reads and writes role definitions in ARM's form.</summary>
internal sealed class RoleDefinitionJson(RegistryDirectory registries, InstallationScope installation)
{
    private static readonly string[] Everywhere = ["/"];

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public CustomRoleContent Read(RoleDefinitionBody body)
    {
        var members = body.Properties ?? throw Invalid("The body has no properties.");
        if (members.Type is { } type && !type.Equals("CustomRole", StringComparison.OrdinalIgnoreCase))
            throw Invalid("properties.type must be CustomRole.");
        if (members.Permissions is not [{ } permission])
            throw Invalid("properties.permissions must have one entry, with actions, notActions, dataActions and notDataActions.");
        return new CustomRoleContent(
            members.RoleName ?? "",
            members.Description,
            new RolePermissions
            {
                Actions = Patterns(permission.Actions),
                NotActions = Patterns(permission.NotActions),
                DataActions = Patterns(permission.DataActions),
                NotDataActions = Patterns(permission.NotDataActions),
            },
            [.. (members.AssignableScopes ?? []).Select(ReadScope)]);
    }

    public object Render(RoleDefinition builtIn) => Render(builtIn, null, Everywhere, null);

    public object Render(CustomRole role) => Render(role.Role, role.Description, role.Scopes.Select(scope => installation.IdOf(scope, registries)), role);

    private object Render(RoleDefinition role, string? description, IEnumerable<string> scopes, CustomRole? made) => new
    {
        id = RoleDefinitionEndpoints.IdOf(installation, role.Id),
        type = "Microsoft.Authorization/roleDefinitions",
        name = role.Id.ToString("D"),
        properties = new
        {
            roleName = role.Name,
            type = role.IsCustom ? "CustomRole" : "BuiltInRole",
            description,
            assignableScopes = scopes,
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
            createdOn = made?.CreatedAt,
            updatedOn = made?.UpdatedAt,
            createdBy = made?.CreatedBy,
            updatedBy = made?.UpdatedBy,
        },
    };

    private RoleScope ReadScope(string id) => installation.Parse(id ?? "", registries)
        ?? throw Invalid($"'{id}' in properties.assignableScopes is no scope of this installation. Use {installation.Subscription}, a resource group or a registry below it.");

    private static ImmutableArray<PermissionPattern> Patterns(string[]? texts) => [.. (texts ?? []).Select(text => new PermissionPattern(text ?? ""))];

    private static IEnumerable<string> Texts(IEnumerable<PermissionPattern> patterns) => patterns.Select(pattern => pattern.Text);

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidRequest, message);
}
