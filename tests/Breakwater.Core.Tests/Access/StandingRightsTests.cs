using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Access;

/// <summary>What was summed up for one registry, or for one mode, is not taken for another.</summary>
public sealed class StandingRightsTests
{
    [Fact]
    public void Decide_RegistriesAndModesInTurn_EachGetsItsOwn()
    {
        var principal = new Principal(Guid.NewGuid(), PrincipalKind.User, "ann", 1);
        var (a, b) = (new Registry(Guid.NewGuid(), "a", 1), new Registry(Guid.NewGuid(), "b", 1));
        var abac = a with { RoleAssignmentMode = RoleAssignmentMode.AbacRepositoryPermissions };
        var rights = new PrincipalRights(principal.Id, [], [
            new RoleAssignment(Guid.NewGuid(), principal.Id, BuiltInRoles.AcrPush, RoleScope.Of(a)),
            new RoleAssignment(Guid.NewGuid(), principal.Id, BuiltInRoles.AcrDelete, RoleScope.Of(b)),
            new RoleAssignment(Guid.NewGuid(), principal.Id, BuiltInRoles.RepositoryContributor, RoleScope.DefaultGroup, AccessCondition.Parse(
                "(@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'x')")),
        ]);
        RepositoryActions In(Registry registry, string repository) => AccessDecider.Decide(principal, rights, registry, RepositoryName.Parse(repository), null).Repository;

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(RepositoryActions.Pull | RepositoryActions.Push | RepositoryActions.MetadataRead, In(a, "y"));
            Assert.Equal(RepositoryActions.Delete, In(b, "y"));
            Assert.Equal(RepositoryActions.None, In(abac, "y"));
            Assert.Equal(RepositoryActions.All, In(abac, "x"));
        }
    }
}
