using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>A role assignment with who made it and when.</summary>
/// <param name="CreatedBy">Null: by the first start, or before this was kept.</param>
/// <param name="UpdatedAt">Null: never changed.</param>
/// <param name="Description">For people only; null: none.</param>
public sealed record AssignedRole(RoleAssignment Assignment, RoleHolderType HolderType, DateTimeOffset CreatedAt, Guid? CreatedBy, DateTimeOffset? UpdatedAt, Guid? UpdatedBy, string? Description);
