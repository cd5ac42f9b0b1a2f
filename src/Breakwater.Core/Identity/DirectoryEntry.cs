using System.Collections.Immutable;
using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>A principal with what it proves itself by and what it may do; an immutable snapshot.</summary>
public sealed class DirectoryEntry
{
    internal DirectoryEntry(Principal principal, string passwordHash, ImmutableArray<RoleAssignment> assignments)
    {
        Principal = principal;
        PasswordHash = passwordHash;
        Assignments = assignments;
        AsCaller = new Caller(principal, assignments);
    }

    public Principal Principal { get; }

    public ImmutableArray<RoleAssignment> Assignments { get; }

    internal string PasswordHash { get; }

    /// <summary>The caller that it is after giving its password; made once, as it is needed on every request.</summary>
    internal Caller AsCaller { get; }

    internal static DirectoryEntry From(UserRow row, IEnumerable<RoleAssignmentRow> assignments) => new(
        new Principal(row.Id, PrincipalKind.User, row.Name, row.Version, row.Disabled),
        row.PasswordHash,
        [.. assignments.Select(a => a.ToAssignment()).OfType<RoleAssignment>()]);
}
