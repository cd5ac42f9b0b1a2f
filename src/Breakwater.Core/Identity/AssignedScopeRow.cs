using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>The columns of <c>role_assignment</c> that say where it holds.</summary>
internal sealed record AssignedScopeRow
{
    public required Guid? RegistryId { get; init; }
    public required Guid? ResourceGroup { get; init; }
    public required Guid? RegistryGroup { get; init; }

    /// <inheritdoc cref="Scope"/>
    public RoleScope? ToScope() => Scope(RegistryId, ResourceGroup, RegistryGroup);

    /// <param name="registryGroup">The group of the registry.</param>
    /// <returns>Null when the registry is not there: nothing is granted there.</returns>
    public static RoleScope? Scope(Guid? registryId, Guid? resourceGroup, Guid? registryGroup) => (registryId, resourceGroup, registryGroup) switch
    {
        ({ } registry, _, { } group) => RoleScope.OfRegistry(registry, group),
        ({ }, _, null) => null,
        (null, { } group, _) => RoleScope.OfGroup(group),
        _ => RoleScope.Installation,
    };
}
