using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;

namespace Breakwater.Core.Identity;

/// <summary>A row of <c>role_assignment</c>.</summary>
internal record RoleAssignmentRow
{
    /// <summary>Of <c>role_assignment</c>, under no other name.</summary>
    public const string Columns =
        "id, principal_id, role_id, registry_id, resource_group, (SELECT r.group_id FROM registry r WHERE r.id = role_assignment.registry_id) AS registry_group, condition, description";

    public required Guid Id { get; init; }
    public required Guid PrincipalId { get; init; }
    public required Guid RoleId { get; init; }
    public required Guid? RegistryId { get; init; }
    public required Guid? ResourceGroup { get; init; }
    public required Guid? RegistryGroup { get; init; }
    public required string? Condition { get; init; }
    public required string? Description { get; init; }

    public RoleScope? Scope => AssignedScopeRow.Scope(RegistryId, ResourceGroup, RegistryGroup);

    /// <summary>Null when this version does not know the role or the scope, or cannot read the condition: it then grants nothing.</summary>
    /// <param name="customRoles">At least this row's, if it has one.</param>
    public RoleAssignment? ToAssignment(IReadOnlyDictionary<Guid, RoleDefinition> customRoles)
    {
        AccessCondition? condition = null;
        return (BuiltInRoles.Find(RoleId) ?? customRoles.GetValueOrDefault(RoleId)) is { } role && Scope is { } scope
            && (Condition is null || AccessCondition.TryParse(Condition, out condition, out _))
            ? new RoleAssignment(Id, PrincipalId, role, scope, condition)
            : null;
    }
}
