using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Tests.Access;

public sealed class RoleScopeTests
{
    private static readonly RoleScope Group = RoleScope.OfGroup(Guid.NewGuid()),
        One = RoleScope.OfRegistry(Guid.NewGuid(), RoleScope.DefaultGroupId), Other = RoleScope.OfRegistry(Guid.NewGuid(), RoleScope.DefaultGroupId), Inside = RoleScope.OfRegistry(Guid.NewGuid(), Group.GroupId!.Value);

    [Fact]
    public void Covers_Scopes_AreThemselvesAndWhatIsBelow()
    {
        RoleScope[] all = [RoleScope.Installation, RoleScope.DefaultGroup, Group, One, Other, Inside];

        Assert.All(all, scope => Assert.True(RoleScope.Installation.Covers(scope)));
        Assert.Equal([false, true, false, true, true, false], all.Select(RoleScope.DefaultGroup.Covers));
        Assert.Equal([false, false, true, false, false, true], all.Select(Group.Covers));
        Assert.Equal([false, false, false, true, false, false], all.Select(One.Covers));
        Assert.Equal([false, false, false, false, false, true], all.Select(Inside.Covers));
    }

    [Fact]
    public void TryParse_WhatToStringWrote_IsTheSame()
    {
        foreach (var scope in new[] { RoleScope.Installation, RoleScope.DefaultGroup, Group, One, Inside })
            Assert.Equal(scope, RoleScope.TryParse(scope.ToString()));
        foreach (var text in new[] { "group2", "group@", "group@x", "@", "", $"{Guid.NewGuid():N}@", $"x@{Guid.NewGuid():N}", $"installation@{Guid.NewGuid():N}" })
            Assert.Null(RoleScope.TryParse(text));
    }

    /// <summary>From when there was one group.</summary>
    [Fact]
    public void TryParse_WhatWasWrittenBefore_IsOfTheDefaultGroup()
    {
        var id = Guid.NewGuid();
        Assert.Equal(RoleScope.DefaultGroup, RoleScope.TryParse("group"));
        Assert.Equal(RoleScope.OfRegistry(id, RoleScope.DefaultGroupId), RoleScope.TryParse($"{id:N}"));
    }

    [Fact]
    public void Of_Registry_IsInItsGroup() =>
        Assert.True(Group.Covers(RoleScope.Of(new Registry(Guid.NewGuid(), "inside", 1) { GroupId = Group.GroupId!.Value })));

    [Theory]
    [InlineData(ManagementActions.DirectoryRead)]
    [InlineData(ManagementActions.DirectoryWrite)]
    public void Allows_DirectoryBelowTheInstallation_IsNeverGranted(string action)
    {
        foreach (var (scope, expected) in new[] { (RoleScope.Installation, true), (RoleScope.DefaultGroup, false), (RoleScope.Of(Callers.Registry), false) })
        {
            var owner = Callers.Owner();
            var rights = new PrincipalRights(owner.Principal.Id, [], [new RoleAssignment(Guid.NewGuid(), owner.Principal.Id, BuiltInRoles.Owner, scope)]);

            Assert.Equal(expected, AccessDecider.Allows(owner.Principal, rights, RoleScope.Installation, action));
            Assert.False(AccessDecider.Allows(owner.Principal, rights, RoleScope.DefaultGroup, action));
            Assert.False(AccessDecider.Allows(owner.Principal, rights, Callers.Registry, action));
        }
    }
}
