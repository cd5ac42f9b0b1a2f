using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>The columns of <c>role_assignment</c> that say where it holds.</summary>
internal sealed record AssignedScopeRow
{
    public required Guid? RegistryId { get; init; }
    public required string? ResourceGroup { get; init; }

    /// <summary>Null when this version does not know the resource group: nothing is granted there.</summary>
    public RoleScope? ToScope() => Scope(RegistryId, ResourceGroup);

    public static RoleScope? Scope(Guid? registryId, string? resourceGroup) => (registryId, resourceGroup) switch
    {
        ({ } registry, _) => RoleScope.OfRegistry(registry),
        (null, null) => RoleScope.Installation,
        (null, RoleScope.GroupName) => RoleScope.Group,
        _ => null,
    };

    public static string? GroupOf(RoleScope scope) => scope == RoleScope.Group ? RoleScope.GroupName : null;
}
