using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>The proof that a principal may manage a registry, or the whole installation; made like <see cref="RepositoryAccess"/>.</summary>
public sealed class ManagementAccess
{
    private ManagementAccess(Caller caller, Registry? registry)
    {
        Caller = caller;
        Registry = registry;
    }

    public Caller Caller { get; }

    /// <summary>Null for the whole installation.</summary>
    public Registry? Registry { get; }

    /// <summary>The only maker. Null when the action is not granted there. A token for content manages nothing.</summary>
    public static ManagementAccess? Decide(Caller caller, Registry? registry, string action) =>
        !caller.IsForContent && AccessDecider.Allows(caller.Principal, caller.Rights, registry, action) ? new ManagementAccess(caller, registry) : null;

    /// <summary>Stands first in every operation: the second lock, if a route was mapped with too small a demand.</summary>
    /// <exception cref="OciException"><c>Denied</c></exception>
    public void Demand(string action)
    {
        if (!AccessDecider.Allows(Caller.Principal, Caller.Rights, Registry, action))
            throw new OciException(OciErrors.Denied);
    }
}
