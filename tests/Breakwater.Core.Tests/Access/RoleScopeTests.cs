using Breakwater.Core.Access;

namespace Breakwater.Core.Tests.Access;

public sealed class RoleScopeTests
{
    private static readonly RoleScope One = RoleScope.OfRegistry(Guid.NewGuid()), Other = RoleScope.OfRegistry(Guid.NewGuid());

    [Fact]
    public void Covers_Scopes_AreThemselvesAndWhatIsBelow()
    {
        RoleScope[] all = [RoleScope.Installation, RoleScope.Group, One, Other];

        Assert.All(all, scope => Assert.True(RoleScope.Installation.Covers(scope)));
        Assert.Equal([false, true, true, true], all.Select(RoleScope.Group.Covers));
        Assert.Equal([false, false, true, false], all.Select(One.Covers));
    }

    [Fact]
    public void TryParse_WhatToStringWrote_IsTheSame()
    {
        foreach (var scope in new[] { RoleScope.Installation, RoleScope.Group, One })
            Assert.Equal(scope, RoleScope.TryParse(scope.ToString()));
        Assert.Null(RoleScope.TryParse("group2"));
    }

    [Theory]
    [InlineData(ManagementActions.DirectoryRead)]
    [InlineData(ManagementActions.DirectoryWrite)]
    public void Allows_DirectoryBelowTheInstallation_IsNeverGranted(string action)
    {
        foreach (var (scope, expected) in new[] { (RoleScope.Installation, true), (RoleScope.Group, false), (RoleScope.OfRegistry(Callers.Registry.Id), false) })
        {
            var owner = Callers.Owner();
            var rights = new PrincipalRights(owner.Principal.Id, [], [new RoleAssignment(Guid.NewGuid(), owner.Principal.Id, BuiltInRoles.Owner, scope)]);

            Assert.Equal(expected, AccessDecider.Allows(owner.Principal, rights, RoleScope.Installation, action));
            Assert.False(AccessDecider.Allows(owner.Principal, rights, RoleScope.Group, action));
            Assert.False(AccessDecider.Allows(owner.Principal, rights, Callers.Registry, action));
        }
    }
}
