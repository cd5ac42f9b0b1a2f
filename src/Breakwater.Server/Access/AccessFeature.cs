using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Access;

/// <summary>What the gate found out about a request that it let through.</summary>
internal sealed class AccessFeature(Caller caller, Registry registry)
{
    public Caller Caller { get; } = caller;

    public Registry Registry { get; } = registry;

    /// <summary>Set when the endpoint demands actions on a repository.</summary>
    public RepositoryAccess? Repository { get; set; }

    /// <summary>Set when the endpoint demands actions on the registry as a whole.</summary>
    public RegistryAccess? RegistryWide { get; set; }

    /// <summary>Set when the endpoint demands an action of the management plane.</summary>
    public ManagementAccess? Management { get; set; }
}
