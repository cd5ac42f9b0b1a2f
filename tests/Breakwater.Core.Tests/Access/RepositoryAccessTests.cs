using Breakwater.Core.Access;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Access;

public sealed class RepositoryAccessTests
{
    private static readonly RepositoryName Name = RepositoryName.Parse("library/app");

    [Fact]
    public void Decide_OwnerOfInstallation_GetsEverything()
    {
        var access = RepositoryAccess.Decide(Callers.Owner(), Callers.Registry, Name, RepositoryActions.Push);

        Assert.Equal(RepositoryActions.All | RepositoryActions.Upload, access!.Granted);
        Assert.Equal(Name, access.Repository);
    }

    [Fact]
    public void Decide_NoAssignment_GetsNoProof()
    {
        var nobody = new Caller(new Principal(Guid.NewGuid(), PrincipalKind.User, "nobody", 1), PrincipalRights.None);

        Assert.Null(RepositoryAccess.Decide(nobody, Callers.Registry, Name, RepositoryActions.Pull));
        Assert.Null(RegistryAccess.Decide(nobody, Callers.Registry, RegistryActions.Catalog));
        Assert.NotNull(RegistryAccess.Decide(nobody, Callers.Registry, RegistryActions.SignIn));
    }

    [Fact]
    public void Decide_NothingDemanded_GetsNoProof()
    {
        Assert.Null(RepositoryAccess.Decide(Callers.Owner(), Callers.Registry, Name, RepositoryActions.None));
        Assert.Null(RegistryAccess.Decide(Callers.Owner(), Callers.Registry, RegistryActions.None));
    }

    [Fact]
    public void Decide_TokenForOtherRepository_GetsNoProof()
    {
        var owner = Callers.Owner();
        var limited = new Caller(owner.Principal, owner.Rights, new TokenLimit(RegistryActions.SignIn, [new TokenGrant(Name, RepositoryActions.Pull)]));

        Assert.NotNull(RepositoryAccess.Decide(limited, Callers.Registry, Name, RepositoryActions.Pull));
        Assert.Null(RepositoryAccess.Decide(limited, Callers.Registry, Name, RepositoryActions.Push));
        Assert.Null(RepositoryAccess.Decide(limited, Callers.Registry, RepositoryName.Parse("library/app2"), RepositoryActions.Pull));
        Assert.Null(RegistryAccess.Decide(limited, Callers.Registry, RegistryActions.Catalog));
    }

    [Fact]
    public void Demand_ActionNotGranted_IsDenied()
    {
        var owner = Callers.Owner();
        var limited = new Caller(owner.Principal, owner.Rights, new TokenLimit(RegistryActions.SignIn, [new TokenGrant(Name, RepositoryActions.Pull)]));
        var access = RepositoryAccess.Decide(limited, Callers.Registry, Name, RepositoryActions.Pull)!;

        var refusal = Assert.Throws<AccessDeniedException>(() => access.Demand(RepositoryActions.Pull | RepositoryActions.Delete));

        Assert.Equal(OciErrors.Denied, refusal.Error);
    }
}
