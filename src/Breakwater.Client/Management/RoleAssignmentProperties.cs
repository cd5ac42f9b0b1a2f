using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/authorization/role-assignments</summary>
public sealed record RoleAssignmentProperties : OpenRecord
{
    public string? PrincipalId { get; init; }

    public string? PrincipalType { get; init; }

    public string? RoleDefinitionId { get; init; }

    public string? Scope { get; init; }

    public string? Condition { get; init; }

    public string? ConditionVersion { get; init; }
}
