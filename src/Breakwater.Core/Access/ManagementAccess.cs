using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>The proof that a principal may manage a registry, a resource group or the whole installation; made like <see cref="RepositoryAccess"/>.</summary>
public sealed class ManagementAccess
{
    private ManagementAccess(Caller caller, RoleScope scope, Registry? registry)
    {
        Caller = caller;
        Scope = scope;
        Registry = registry;
    }

    public Caller Caller { get; }

    public RoleScope Scope { get; }

    /// <summary>Null when the scope is wider than a registry.</summary>
    public Registry? Registry { get; }

    /// <summary>In a registry; null: in the whole installation.</summary>
    public static ManagementAccess? Decide(Caller caller, Registry? registry, string action) => Decide(caller, RoleScope.Of(registry), registry, action);

    /// <summary>In every registry of a resource group.</summary>
    public static ManagementAccess? DecideInGroup(Caller caller, Guid groupId, string action) => Decide(caller, RoleScope.OfGroup(groupId), null, action);

    /// <summary>Stands first in every operation: the second lock, if a route was mapped with too small a demand.</summary>
    /// <exception cref="OciException"><c>Denied</c></exception>
    public void Demand(string action)
    {
        if (!Allows(Scope, action))
            throw new OciException(OciErrors.Denied);
    }

    /// <summary>Whether the caller may do it somewhere else: a change that reaches other scopes than the one it was asked for at.</summary>
    public bool Allows(RoleScope scope, string action) => AccessDecider.Allows(Caller.Principal, Caller.Rights, scope, action);

    // The only maker. A token for content manages nothing.
    internal static ManagementAccess? Decide(Caller caller, RoleScope scope, Registry? registry, string action) =>
        !caller.IsForContent && AccessDecider.Allows(caller.Principal, caller.Rights, scope, action) ? new ManagementAccess(caller, scope, registry) : null;
}
