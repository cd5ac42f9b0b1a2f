using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/authorization/role-definitions</summary>
public sealed record RoleDefinitionProperties : OpenRecord
{
    public string? RoleName { get; init; }

    public string? Description { get; init; }

    /// <summary>BuiltInRole or CustomRole.</summary>
    public string? Type { get; init; }

    public IReadOnlyList<RolePermission>? Permissions { get; init; }

    public IReadOnlyList<string>? AssignableScopes { get; init; }
}
