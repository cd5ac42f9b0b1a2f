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

    public RegistryActions Granted { get; }

    /// <exception cref="OciException"><c>Denied</c></exception>
    public void Demand(RegistryActions actions)
    {
        if ((Granted & actions) != actions)
            throw new OciException(OciErrors.Denied);
    }

    internal static RegistryAccess From(Principal principal, Registry registry, RegistryActions granted) => new(principal, registry, granted);
}
