namespace Breakwater.Core.Identity;

/// <summary>Which role assignments are asked for.</summary>
/// <param name="PrincipalId">Only those of this principal itself.</param>
/// <param name="AssignedTo">Only those that count for this principal: its own and those of the groups it is in.</param>
/// <param name="AtScope">Only those that count at the scope, not those below it.</param>
public sealed record RoleAssignmentFilter(Guid? PrincipalId = null, Guid? AssignedTo = null, bool AtScope = false);
