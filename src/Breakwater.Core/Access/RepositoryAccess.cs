using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>
/// The proof that a principal may act on a repository. Core's operations take it, and only a decision makes it: no decision, no proof;
/// no proof, no call. It says nothing about whether the repository exists.
/// </summary>
public sealed class RepositoryAccess
{
    private RepositoryAccess(Principal principal, Registry registry, RepositoryName repository, RepositoryActions granted)
    {
        Principal = principal;
        Registry = registry;
        Repository = repository;
        Granted = granted;
    }

    public Principal Principal { get; }

    public Registry Registry { get; }

    public RepositoryName Repository { get; }

    /// <summary>Everything that was granted, not only what was demanded.</summary>
    public RepositoryActions Granted { get; }

    /// <summary>The only maker. Null when not all of <paramref name="demanded"/> is granted; <c>None</c> can be demanded by nobody.</summary>
    public static RepositoryAccess? Decide(Caller caller, Registry registry, RepositoryName repository, RepositoryActions demanded)
    {
        var granted = AccessDecider.Derive(AccessDecider.Decide(caller.Principal, caller.Rights, registry, repository, caller.Limit).Repository, registry);
        return demanded != RepositoryActions.None && (granted & demanded) == demanded
            ? new RepositoryAccess(caller.Principal, registry, repository, granted)
            : null;
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
