using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Access.Decisions;

public sealed class AccessExplainerTests
{
    private static readonly Principal Asker = new(Guid.NewGuid(), PrincipalKind.User, "u", 1);
    private static readonly RepositoryName Name = RepositoryName.Parse("x/y");
    private static readonly RoleDefinition[] Roles = [.. BuiltInRoles.All.OrderBy(role => role.Id)];
    private static readonly AccessCondition Elsewhere = AccessCondition.Parse("@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWith 'other/'");

    private static readonly Registry[] Registries =
    [
        new(Guid.NewGuid(), "a", 1),
        new(Guid.NewGuid(), "b", 1, RoleAssignmentMode.AbacRepositoryPermissions) { Policies = new RegistryPolicies { Signing = new SigningPolicy(true, false) } },
    ];

    private static RoleAssignment Assign(RoleDefinition role, Guid? registry = null, AccessCondition? condition = null) => new(Guid.NewGuid(), Asker.Id, role, registry is { } id ? RoleScope.OfRegistry(id, RoleScope.DefaultGroupId) : RoleScope.Installation, condition);

    private static RoleAssignment Assignment(uint seed) => Assign(
        Roles[(seed >> 8) % Roles.Length], (seed >> 2 & 3) switch { 0 => null, 1 => Registries[0].Id, _ => Registries[1].Id }, (seed >> 16) % 3 == 0 ? Elsewhere : null);

    private static Caller Caller(IEnumerable<RoleAssignment> assignments, TokenLimit? limit = null, bool disabled = false) =>
        new(Asker with { Disabled = disabled }, new PrincipalRights(Asker.Id, [], assignments), limit);

    private static AccessExplanation Explain(RepositoryActions actions, params RoleAssignment[] assignments) =>
        AccessExplainer.Explain(AccessQuestion.About(Caller(assignments), Registries[0], Name, actions));

    [Property(MaxTest = 500)]
    public bool Explain_RepositoryActions_SaysWhatIsDecided(uint[] seeds, byte demanded, uint where, bool limited, bool disabled)
    {
        var actions = (RepositoryActions)(demanded & 127);
        var registry = Registries[where % 2];
        var caller = Caller(seeds.Select(Assignment), limited ? new TokenLimit(RegistryActions.SignIn, [new TokenGrant(Name, (RepositoryActions)(where >> 8 & 63))]) : null, disabled);
        var explanation = AccessExplainer.Explain(AccessQuestion.About(caller, registry, Name, actions));

        var granted = AccessDecider.Derive(AccessDecider.Decide(caller.Principal, caller.Rights, registry, Name, caller.Limit).Repository, registry);
        return explanation.Allowed == (actions != RepositoryActions.None && (granted & actions) == actions)
            && explanation.Allowed == RepositoryAccess.Decide(caller, registry, Name, actions) is not null
            && explanation.Considered.Length == seeds.Length
            && (explanation.Allowed || explanation.Obstacles.Length > 0 || explanation.Considered.All(right => right.Finding != AccessExplainer.Gives));
    }

    [Property(MaxTest = 300)]
    public bool Explain_ManagementAction_SaysWhatIsDecided(uint[] seeds, uint where, uint width)
    {
        var caller = Caller(seeds.Select(Assignment));
        var registry = Registries[where % 2];
        var scope = (width % 3) switch { 0 => RoleScope.Installation, 1 => RoleScope.DefaultGroup, _ => RoleScope.Of(registry) };
        return AccessExplainer.Explain(AccessQuestion.About(caller, registry, ManagementActions.RegistriesWrite, scope)).Allowed
            == AccessDecider.Allows(caller.Principal, caller.Rights, scope, ManagementActions.RegistriesWrite);
    }

    [Property(MaxTest = 300)]
    public bool Explain_RoleThatWouldAllow_Does(uint[] seeds, byte demanded, uint where)
    {
        var actions = (RepositoryActions)(demanded & 127);
        var registry = Registries[where % 2];
        var assignments = seeds.Select(Assignment).ToList();
        return AccessExplainer.Explain(AccessQuestion.About(Caller(assignments), registry, Name, actions)).WouldAllow.All(name =>
            RepositoryAccess.Decide(Caller([.. assignments, Assign(Roles.Single(role => role.Name == name), registry.Id)]), registry, Name, actions) is not null);
    }

    [Fact]
    public void Explain_EachReason_IsNamed()
    {
        var explanation = Explain(
            RepositoryActions.Push, Assign(BuiltInRoles.AcrPull), Assign(BuiltInRoles.AcrPush, Guid.NewGuid()), Assign(BuiltInRoles.AcrPush, null, Elsewhere), Assign(BuiltInRoles.RepositoryWriter));

        Assert.False(explanation.Allowed);
        Assert.Equal(
            [AccessExplainer.LacksPermission, AccessExplainer.Elsewhere, AccessExplainer.ConditionFalse, AccessExplainer.OtherMode],
            explanation.Considered.Select(right => right.Finding));
        Assert.Equal(["AcrPush", "Contributor", "Owner"], explanation.WouldAllow);
        Assert.Empty(explanation.Obstacles);
    }

    [Fact]
    public void Explain_Signing_IsGivenByOneRole() => Assert.Equal(["AcrImageSigner"], Explain(RepositoryActions.Sign, Assign(BuiltInRoles.Owner)).WouldAllow);

    [Fact]
    public void Explain_TokenForLess_IsTheObstacle()
    {
        var caller = Caller([Assign(BuiltInRoles.AcrPush)], TokenLimit.SignInOnly);
        var explanation = AccessExplainer.Explain(AccessQuestion.About(caller, Registries[0], Name, RepositoryActions.Push));

        Assert.Equal(AccessExplainer.Gives, Assert.Single(explanation.Considered).Finding);
        Assert.Single(explanation.Obstacles);
        Assert.Empty(explanation.WouldAllow);
    }

    [Fact]
    public void Explain_Grants_AreConsideredAndNoRoleHelps()
    {
        var token = new Principal(Guid.NewGuid(), PrincipalKind.RegistryToken, "ci", 1);
        var caller = new Caller(token, new PrincipalRights([new ScopeGrant(Registries[0].Id, "x/*", RepositoryActions.Pull), new ScopeGrant(Registries[0].Id, "z", RepositoryActions.Push)]));
        var explanation = AccessExplainer.Explain(AccessQuestion.About(caller, Registries[0], Name, RepositoryActions.Pull | RepositoryActions.Push));

        Assert.Equal([AccessExplainer.GivesInPart, AccessExplainer.OtherRepository], explanation.Considered.Select(right => right.Finding));
        Assert.Empty(explanation.WouldAllow);
        Assert.Single(explanation.Obstacles);
    }
}
