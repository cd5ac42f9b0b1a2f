namespace Breakwater.Server.Management;

/// <summary>What a custom role is made of. https://learn.microsoft.com/rest/api/authorization/role-definitions/create-or-update</summary>
internal sealed record RoleDefinitionBody(RoleDefinitionBody.Members? Properties)
{
    /// <param name="Type">Only CustomRole.</param>
    /// <param name="Permissions">One set, as Azure's tools send it.</param>
    /// <param name="AssignableScopes">Resource ids of the subscription, the resource group or a registry.</param>
    internal sealed record Members(string? RoleName, string? Description, string? Type, Permission[]? Permissions, string[]? AssignableScopes);

    internal sealed record Permission(string[]? Actions, string[]? NotActions, string[]? DataActions, string[]? NotDataActions);
}
