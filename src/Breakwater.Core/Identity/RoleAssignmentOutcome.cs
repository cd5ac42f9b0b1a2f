namespace Breakwater.Core.Identity;

public enum RoleAssignmentOutcome
{
    Done,

    /// <summary>It was there, and has another condition now.</summary>
    Changed,
    NotFound,

    /// <summary>The principal has the role there already, or the id is taken.</summary>
    Exists,
    PrincipalUnknown,

    /// <summary>The principal is of another type than the caller said.</summary>
    OtherPrincipalType,

    /// <summary>There is no such role, or it cannot be given there.</summary>
    RoleUnknown,

    /// <summary>It is the last that lets an enabled user manage the whole installation.</summary>
    LastOwner,
}
