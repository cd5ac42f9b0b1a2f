using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>
/// The proof that a principal may act on a repository. Core's operations take it, and only a decision makes it: no decision, no proof;
/// no proof, no call. It says nothing about whether the repository exists.
/// </summary>
public sealed class RepositoryAccess
{
    private RepositoryAccess(Principal principal, Registry registry, RepositoryName repository, RepositoryActions granted, bool keepsTags = false)
    {
        Principal = principal;
        Registry = registry;
        Repository = repository;
        Granted = granted;
        KeepsTags = keepsTags;
    }

    public Principal Principal { get; }

    public Registry Registry { get; }

    public RepositoryName Repository { get; }

    /// <summary>Everything that was granted, not only what was demanded.</summary>
    public RepositoryActions Granted { get; }

    /// <summary>Whether it sets new tags only: a tag that is there may not come to mean another manifest.</summary>
    internal bool KeepsTags { get; }

    /// <summary>The maker for requests on content. Null when not all of <paramref name="demanded"/> is granted; <c>None</c> can be demanded by nobody.</summary>
    public static RepositoryAccess? Decide(Caller caller, Registry registry, RepositoryName repository, RepositoryActions demanded)
    {
        var granted = AccessDecider.Derive(AccessDecider.Decide(caller.Principal, caller.Rights, registry, repository, caller.Limit).Repository, registry);
        return demanded != RepositoryActions.None && (granted & demanded) == demanded
            ? new RepositoryAccess(caller.Principal, registry, repository, granted)
            : null;
    }

    /// <summary>
    /// The maker for imports: who may import into a registry may push there what is imported, as with ACR, and nothing else. The rights to sign and
    /// to restore are implied by no other, so they count if the caller has them by itself.
    /// </summary>
    /// <param name="keepsTags">See <see cref="KeepsTags"/>.</param>
    /// <returns>Null when the caller may not import into the registry that <paramref name="access"/> is about.</returns>
    internal static RepositoryAccess? DecideImport(ManagementAccess access, RepositoryName repository, bool keepsTags)
    {
        if (access.Registry is not { } registry || !access.Allows(RoleScope.Of(registry), ManagementActions.ImportImage))
            return null;
        var caller = access.Caller;
        var own = AccessDecider.Decide(caller.Principal, caller.Rights, registry, repository, caller.Limit).Repository & (RepositoryActions.Sign | RepositoryActions.DeletedRestore);
        return new RepositoryAccess(caller.Principal, registry, repository, RepositoryActions.Pull | RepositoryActions.Push | RepositoryActions.Upload | own, keepsTags);
    }

    public bool Allows(RepositoryActions actions) => (Granted & actions) == actions;

    /// <summary>Stands first in every operation: the second lock, if a route was mapped with too small a demand.</summary>
    /// <exception cref="AccessDeniedException" />
    public void Demand(RepositoryActions actions)
    {
        if (!Allows(actions))
            throw new AccessDeniedException(actions & ~Granted);
    }
}
