using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Access;

/// <summary>Callers and proofs for the tests of everything that takes a proof.</summary>
internal static class Callers
{
    public static readonly Registry Registry = new(Guid.NewGuid(), "local", 1);

    public static Caller Owner(string name = "owner") => With(BuiltInRoles.Owner, new Principal(Guid.NewGuid(), PrincipalKind.User, name, 1));

    public static Caller With(RoleDefinition role, Principal? principal = null)
    {
        var holder = principal ?? new Principal(Guid.NewGuid(), PrincipalKind.User, "somebody", 1);
        return new Caller(holder, new PrincipalRights(holder.Id, [], [new RoleAssignment(Guid.NewGuid(), holder.Id, role, RoleScope.Installation)]));
    }

    public static RepositoryAccess Access(Caller caller, Registry registry, string repository, RepositoryActions actions = RepositoryActions.All) =>
        RepositoryAccess.Decide(caller, registry, RepositoryName.Parse(repository), actions) ?? throw new InvalidOperationException("not granted");
}
