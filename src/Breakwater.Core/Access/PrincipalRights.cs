using System.Collections.Immutable;

namespace Breakwater.Core.Access;

/// <summary>The role assignments that count for one principal: its own and those of the groups it is in, directly or through other groups.</summary>
public sealed class PrincipalRights
{
    public static readonly PrincipalRights None = new(Guid.Empty, [], []);

    /// <param name="groups">Every group that the principal is in.</param>
    /// <param name="assignments">Those of others are left out.</param>
    public PrincipalRights(Guid principalId, ImmutableArray<Guid> groups, IEnumerable<RoleAssignment> assignments)
    {
        Groups = groups;
        Assignments = [.. assignments.Where(assignment => assignment.PrincipalId == principalId || groups.Contains(assignment.PrincipalId))];
    }

    public ImmutableArray<Guid> Groups { get; }

    public ImmutableArray<RoleAssignment> Assignments { get; }
}
