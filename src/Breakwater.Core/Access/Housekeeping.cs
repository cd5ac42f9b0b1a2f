using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>Callers for what is removed by a rule and not by a request for that very item. They may delete and nothing else, and nobody can sign in as one.</summary>
internal static class Housekeeping
{
    private static readonly Principal Retention = new(Guid.Empty, PrincipalKind.ServicePrincipal, "retention", 1);

    /// <summary>The registry itself, by its retention policy. Signatures that it removes are of nothing any more, so it needs the right to sign.</summary>
    public static Caller ByRetention(Registry registry) => With(Retention, registry, RepositoryActions.Delete | RepositoryActions.Sign);

    /// <summary>Whoever may purge, with no more right over signatures than they have anyway.</summary>
    /// <exception cref="OciException"><c>Denied</c></exception>
    public static Caller ByPurge(ManagementAccess access, RepositoryName repository)
    {
        access.Demand(ManagementActions.PurgeArtifacts);
        var registry = access.Registry ?? throw new OciException(OciErrors.Denied);
        var mayToo = RepositoryAccess.Decide(access.Caller, registry, repository, RepositoryActions.Sign) is null ? RepositoryActions.None : RepositoryActions.Sign;
        return With(access.Caller.Principal, registry, RepositoryActions.Delete | mayToo);
    }

    private static Caller With(Principal principal, Registry registry, RepositoryActions actions) =>
        new(principal, new PrincipalRights([new ScopeGrant(registry.Id, ScopeGrant.Everything, actions)]), isForContent: true);
}
