using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Access;

public sealed class AccessDeciderProperties
{
    private static readonly Guid[] Holders = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
    private static readonly Registry[] Registries =
    [
        new(Guid.NewGuid(), "a", 1), new(Guid.NewGuid(), "b", 1, RoleAssignmentMode.AbacRepositoryPermissions),
    ];

    private static readonly RepositoryName[] Repositories = [RepositoryName.Parse("x"), RepositoryName.Parse("x/y"), RepositoryName.Parse("xy")];
    private static readonly RoleDefinition[] Roles = [.. BuiltInRoles.All.OrderBy(role => role.Id)];

    private static readonly AccessCondition?[] Conditions =
    [
        null,
        AccessCondition.Parse("@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWith 'x/'"),
        AccessCondition.Parse(
            """
            ((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR
            (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'xy'))
            """),
    ];

    // The second holder is a group that the asker is in, the third is nobody to it.
    private static readonly Principal Asker = new(Holders[0], PrincipalKind.User, "u", 1);

    private static RoleAssignment Assignment(uint seed) => new(
        Guid.NewGuid(),
        Holders[seed % 3],
        Roles[(seed >> 8) % Roles.Length],
        (seed >> 2 & 3) switch { 0 => RoleScope.Installation, 1 => RoleScope.DefaultGroup, 2 => RoleScope.Of(Registries[0]), _ => RoleScope.Of(Registries[1]) },
        Conditions[(seed >> 16) % Conditions.Length]);

    private static PrincipalRights Rights(IEnumerable<RoleAssignment> assignments) => new(Asker.Id, [Holders[1]], assignments);

    private static TokenLimit Limit(uint[] seeds) => new(
        (RegistryActions)(seeds.Length & 3),
        [.. seeds.Select(seed => new TokenGrant(Repositories[seed % 3], (RepositoryActions)(seed >> 4 & 63)))]);

    private static GrantedActions Decide(IEnumerable<RoleAssignment> assignments, uint where, TokenLimit? limit = null, Principal? principal = null) =>
        AccessDecider.Decide(principal ?? Asker, Rights(assignments), Registries[where % 2], Repositories[where % 3], limit);

    private static bool IsWithin(GrantedActions inner, GrantedActions outer) =>
        (inner.Repository & ~outer.Repository) == 0 && (inner.Registry & ~outer.Registry) == 0;

    [Property(MaxTest = 500)]
    public bool Decide_OneMoreAssignment_TakesNothingAway(uint[] some, uint another, uint where) =>
        IsWithin(Decide(some.Select(Assignment), where), Decide(some.Append(another).Select(Assignment), where));

    [Property(MaxTest = 500)]
    public bool Decide_Condition_NeverWidens(uint[] seeds, uint where)
    {
        var assignments = seeds.Select(Assignment).ToList();
        return IsWithin(Decide(assignments, where), Decide(assignments.Select(a => a with { Condition = null }), where));
    }

    [Property(MaxTest = 300)]
    public bool Decide_TokenLimit_NeverWidens(uint[] seeds, uint[] limit, uint where)
    {
        var assignments = seeds.Select(Assignment).ToList();
        var granted = Decide(assignments, where, Limit(limit));
        return IsWithin(granted, Decide(assignments, where))
            && IsWithin(granted, new GrantedActions(Limit(limit).Registry, Limit(limit).For(Repositories[where % 3])));
    }

    [Property(MaxTest = 100)]
    public bool Decide_DisabledPrincipal_GetsNothing(uint[] seeds, uint where) =>
        Decide(seeds.Select(Assignment), where, null, Asker with { Disabled = true }) == default
        && !AccessDecider.Allows(Asker with { Disabled = true }, Rights(seeds.Select(Assignment)), Registries[where % 2], "Microsoft.Authorization/roleAssignments/read");

    [Property(MaxTest = 500)]
    public bool Decide_OthersAssignments_ChangeNothing(uint[] seeds, uint where)
    {
        var all = seeds.Select(Assignment).ToList();
        var own = all.Where(a => a.PrincipalId != Holders[2] && a.Scope.Covers(RoleScope.Of(Registries[where % 2]))).ToList();
        return Decide(all, where) == Decide(own, where);
    }

    [Property(MaxTest = 100)]
    public bool Decide_WithoutRepository_GrantsNoRepositoryAction(uint[] seeds, uint where) =>
        AccessDecider.Decide(Asker, Rights(seeds.Select(Assignment)), Registries[where % 2], null, null).Repository == RepositoryActions.None;

    [Property(MaxTest = 300)]
    public bool Decide_AnyRoles_GrantOnlyWhatTheCatalogueHas(uint[] seeds, uint where) =>
        IsWithin(Decide(seeds.Select(Assignment), where), new GrantedActions(RegistryActions.All, RepositoryActions.All | RepositoryActions.Sign));

    [Property(MaxTest = 300)]
    public bool Allows_ConditionalOrForeignAssignment_ManagesNothing(uint[] seeds, uint where)
    {
        var assignments = seeds.Select(Assignment).Where(a => a.Condition is not null || a.PrincipalId == Holders[2]).ToImmutableArray();
        return !AccessDecider.Allows(Asker, Rights(assignments), Registries[where % 2], "Microsoft.Authorization/roleAssignments/write");
    }
}
