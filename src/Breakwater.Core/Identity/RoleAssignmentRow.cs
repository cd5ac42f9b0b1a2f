using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>A row of <c>role_assignment</c>.</summary>
internal sealed record RoleAssignmentRow
{
    public required Guid PrincipalId { get; init; }
    public required Guid RoleId { get; init; }
    public required Guid? RegistryId { get; init; }

    /// <summary>Null when this version does not know the role: it then grants nothing.</summary>
    public RoleAssignment? ToAssignment() =>
        BuiltInRoles.Find(RoleId) is { } role ? new RoleAssignment(PrincipalId, role, RegistryId) : null;
}
