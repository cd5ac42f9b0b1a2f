using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Access;

/// <summary>Callers and proofs for the tests of everything that takes a proof.</summary>
internal static class Callers
{
    public static readonly Registry Registry = new(Guid.NewGuid(), "local", 1);

    public static Caller Owner(string name = "owner")
    {
        var id = Guid.NewGuid();
        return new Caller(new Principal(id, PrincipalKind.User, name, 1), [new RoleAssignment(id, BuiltInRoles.Owner, null)]);
    }

    public static RepositoryAccess Access(Caller caller, Registry registry, string repository, RepositoryActions actions = RepositoryActions.All) =>
        RepositoryAccess.Decide(caller, registry, RepositoryName.Parse(repository), actions) ?? throw new InvalidOperationException("not granted");
}
