namespace Breakwater.Server.Management;

/// <summary>What a role assignment is made of. https://learn.microsoft.com/rest/api/authorization/role-assignments/create</summary>
internal sealed record RoleAssignmentBody(RoleAssignmentBody.Members? Properties)
{
    /// <param name="PrincipalType">User, Group or ServicePrincipal; refused when the directory knows better.</param>
    /// <param name="ConditionVersion">2.0 is the only one there is.</param>
    /// <param name="Description">For people only.</param>
    internal sealed record Members(string? RoleDefinitionId, string? PrincipalId, string? PrincipalType, string? Condition, string? ConditionVersion, string? Description);
}
