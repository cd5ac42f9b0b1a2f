using System.Collections.Frozen;
using System.Collections.Immutable;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Access;

/// <summary>What counts for one principal: its own role assignments, those of the groups it is in, directly or through other groups, and what it may do without a role.</summary>
public sealed class PrincipalRights
{
    // Whoever works in more registries than that has them summed up again now and then.
    private const int MaxStanding = 16;

    private volatile StandingRights[] _standing = [];
    private readonly FrozenDictionary<Guid, ImmutableArray<ScopeGrant>> _grantsByRegistry = FrozenDictionary<Guid, ImmutableArray<ScopeGrant>>.Empty;

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
        _grantsByRegistry = Grants.GroupBy(grant => grant.RegistryId).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
    }

    public ImmutableArray<Guid> Groups { get; }

    public ImmutableArray<RoleAssignment> Assignments { get; }

    public ImmutableArray<ScopeGrant> Grants { get; }

    /// <summary>Everybody together may have grants in thousands of registries.</summary>
    internal ImmutableArray<ScopeGrant> GrantsIn(Guid registryId) => _grantsByRegistry.TryGetValue(registryId, out var grants) ? grants : [];

    /// <summary>Summed up once: whoever is in many groups has hundreds of assignments, and every request asks.</summary>
    internal StandingRights In(Registry registry)
    {
        var known = _standing;
        foreach (var standing in known)
        {
            if (standing.IsFor(registry))
                return standing;
        }
        var summed = StandingRights.Of(Assignments, registry);
        // Whoever loses a race is summed up again by its next request.
        _standing = [summed, .. known.Where(standing => standing.RegistryId != registry.Id).Take(MaxStanding - 1)];
        return summed;
    }
}
