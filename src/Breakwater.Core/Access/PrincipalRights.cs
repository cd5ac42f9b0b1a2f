using System.Collections.Immutable;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Access;

/// <summary>What counts for one principal: its own role assignments, those of the groups it is in, directly or through other groups, and what it may do without a role.</summary>
public sealed class PrincipalRights
{
    private volatile StandingRights? _standing;

    public static readonly PrincipalRights None = new(Guid.Empty, [], []);

    /// <param name="groups">Every group that the principal is in.</param>
    /// <param name="assignments">Those of others are left out.</param>
    public PrincipalRights(Guid principalId, ImmutableArray<Guid> groups, IEnumerable<RoleAssignment> assignments)
    {
        var holders = new HashSet<Guid>(groups) { principalId };
        Groups = groups;
        Assignments = [.. assignments.Where(assignment => holders.Contains(assignment.PrincipalId))];
        Grants = [];
    }

    /// <summary>Of a principal that can have no roles.</summary>
    public PrincipalRights(IEnumerable<ScopeGrant> grants)
    {
        Groups = [];
        Assignments = [];
        Grants = [.. grants];
    }

    public ImmutableArray<Guid> Groups { get; }

    public ImmutableArray<RoleAssignment> Assignments { get; }

    public ImmutableArray<ScopeGrant> Grants { get; }

    /// <summary>Summed up once: whoever is in many groups has hundreds of assignments, and every request asks.</summary>
    internal StandingRights In(Registry registry)
    {
        var standing = _standing;
        if (standing is null || !standing.IsFor(registry))
            _standing = standing = StandingRights.Of(Assignments, registry);
        return standing;
    }
}
