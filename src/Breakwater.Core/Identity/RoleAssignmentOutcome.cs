namespace Breakwater.Core.Identity;

public enum RoleAssignmentOutcome
{
    Done,
    NotFound,

    /// <summary>The principal has the role there already, or the id is taken.</summary>
    Exists,
    PrincipalUnknown,
    RoleUnknown,

    /// <summary>It is the last that lets an enabled user manage the whole installation.</summary>
    LastOwner,
}
