using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;

namespace Breakwater.Core.Identity;

/// <summary>A row of <c>role_assignment</c>.</summary>
internal sealed record RoleAssignmentRow
{
    public const string Columns = "id, principal_id, role_id, registry_id, condition";

    public required Guid Id { get; init; }
    public required Guid PrincipalId { get; init; }
    public required Guid RoleId { get; init; }
    public required Guid? RegistryId { get; init; }
    public required string? Condition { get; init; }

    /// <summary>Null when this version does not know the role or cannot read the condition: it then grants nothing.</summary>
    public RoleAssignment? ToAssignment()
    {
        AccessCondition? condition = null;
        return BuiltInRoles.Find(RoleId) is { } role && (Condition is null || AccessCondition.TryParse(Condition, out condition, out _))
            ? new RoleAssignment(Id, PrincipalId, role, RegistryId, condition)
            : null;
    }
}
