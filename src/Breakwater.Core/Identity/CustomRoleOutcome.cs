namespace Breakwater.Core.Identity;

public enum CustomRoleOutcome
{
    Done,
    Created,
    NotFound,

    /// <summary>The id is a built-in role's.</summary>
    BuiltIn,

    /// <summary>Another role has the name.</summary>
    NameTaken,

    /// <summary>Somebody has the role, there where it could no longer be given.</summary>
    HasAssignments,

    /// <summary>There are <see cref="CustomRoles.MaxRoles"/> already.</summary>
    TooMany,
}
