using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>The proof that a principal may act on a registry as a whole; made like <see cref="RepositoryAccess"/>.</summary>
public sealed class RegistryAccess
{
    private RegistryAccess(Principal principal, Registry registry, RegistryActions granted)
    {
        Principal = principal;
        Registry = registry;
        Granted = granted;
    }

    public Principal Principal { get; }

    public Registry Registry { get; }

    /// <summary>Everything that was granted, not only what was demanded.</summary>
    public RegistryActions Granted { get; }

    /// <summary>The only maker. Null when not all of <paramref name="demanded"/> is granted; <c>None</c> can be demanded by nobody.</summary>
    public static RegistryAccess? Decide(Caller caller, Registry registry, RegistryActions demanded)
    {
        var granted = AccessDecider.Decide(caller.Principal, caller.Rights, registry, repository: null, caller.Limit).Registry;
        return demanded != RegistryActions.None && (granted & demanded) == demanded
            ? new RegistryAccess(caller.Principal, registry, granted)
            : null;
    }

    public bool Allows(RegistryActions actions) => (Granted & actions) == actions;

    /// <summary>Stands first in every operation: the second lock, if a route was mapped with too small a demand.</summary>
    /// <exception cref="OciException"><c>Denied</c></exception>
    public void Demand(RegistryActions actions)
    {
        if (!Allows(actions))
            throw new OciException(OciErrors.Denied);
    }
}
