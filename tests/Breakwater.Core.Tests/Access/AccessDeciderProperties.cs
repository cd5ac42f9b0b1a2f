using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Access;

public sealed class AccessDeciderProperties
{
    private static readonly Guid[] Principals = [Guid.NewGuid(), Guid.NewGuid()];
    private static readonly Registry[] Registries = [new(Guid.NewGuid(), "a", 1), new(Guid.NewGuid(), "b", 1)];
    private static readonly RepositoryName[] Repositories = [RepositoryName.Parse("x"), RepositoryName.Parse("x/y"), RepositoryName.Parse("xy")];

    private static readonly Principal Asker = new(Principals[0], PrincipalKind.User, "u", 1);

    /// <summary>Decodes assignments from plain numbers: principal, registry or installation, actions.</summary>
    private static ImmutableArray<RoleAssignment> Assignments(uint[] seeds) => [.. seeds.Select(seed => new RoleAssignment(
        Principals[seed % 2],
        new RoleDefinition(Guid.NewGuid(), "r", (RegistryActions)(seed >> 4 & 3), (RepositoryActions)(seed >> 6 & 31)),
        (seed >> 1 & 3) switch { 0 => null, 1 => Registries[0].Id, _ => Registries[1].Id }))];

    private static TokenLimit Limit(uint[] seeds) => new(
        (RegistryActions)(seeds.Length & 3),
        [.. seeds.Select(seed => new TokenGrant(Repositories[seed % 3], (RepositoryActions)(seed >> 4 & 31)))]);

    private static GrantedActions Decide(ImmutableArray<RoleAssignment> assignments, uint where, TokenLimit? limit, Principal? principal = null) =>
        AccessDecider.Decide(principal ?? Asker, assignments, Registries[where % 2], Repositories[where % 3], limit);

    private static bool IsWithin(GrantedActions inner, GrantedActions outer) =>
        (inner.Repository & ~outer.Repository) == 0 && (inner.Registry & ~outer.Registry) == 0;

    [Property(MaxTest = 300)]
    public bool Decide_OneMoreAssignment_TakesNothingAway(uint[] some, uint another, uint where) =>
        IsWithin(Decide(Assignments(some), where, null), Decide(Assignments([.. some, another]), where, null));

    [Property(MaxTest = 300)]
    public bool Decide_TokenLimit_NeverWidens(uint[] assignments, uint[] limit, uint where) =>
        IsWithin(Decide(Assignments(assignments), where, Limit(limit)), Decide(Assignments(assignments), where, null));

    [Property(MaxTest = 300)]
    public bool Decide_TokenLimit_GivesNoMoreThanItSays(uint[] assignments, uint[] limit, uint where)
    {
        var granted = Decide(Assignments(assignments), where, Limit(limit));
        return (granted.Repository & ~Limit(limit).For(Repositories[where % 3])) == 0 && (granted.Registry & ~Limit(limit).Registry) == 0;
    }

    [Property(MaxTest = 100)]
    public bool Decide_DisabledPrincipal_GetsNothing(uint[] assignments, uint where) =>
        Decide(Assignments(assignments), where, null, Asker with { Disabled = true }) == default;

    [Property(MaxTest = 300)]
    public bool Decide_ForeignAssignments_ChangeNothing(uint[] assignments, uint where)
    {
        var all = Assignments(assignments);
        var own = all.Where(a => a.PrincipalId == Asker.Id && (a.RegistryId is null || a.RegistryId == Registries[where % 2].Id)).ToImmutableArray();
        return Decide(all, where, null) == Decide(own, where, null);
    }

    [Property(MaxTest = 100)]
    public bool Decide_WithoutRepository_GrantsNoRepositoryAction(uint[] assignments) =>
        AccessDecider.Decide(Asker, Assignments(assignments), Registries[0], null, null).Repository == RepositoryActions.None;
}
