using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Access;

/// <summary>How resource ids name the installation: its id as the subscription's, and one resource group.</summary>
internal sealed record InstallationScope(Guid InstallationId)
{
    public const string ResourceGroup = RoleScope.GroupName;

    public string Subscription { get; } = $"/subscriptions/{InstallationId:D}";

    public string Group => $"{Subscription}/resourceGroups/{ResourceGroup}";

    public string Registry(string name) => $"{Group}/providers/Microsoft.ContainerRegistry/registries/{name}";

    public string IdOf(RoleScope scope, RegistryDirectory registries) =>
        scope.RegistryId is { } id ? Registry(registries.Find(id)?.Name ?? id.ToString("D")) : scope.IsInGroup ? Group : Subscription;

    /// <summary>The scope that a resource id names; null when it is none of this installation's.</summary>
    public RoleScope? Parse(string resourceId, RegistryDirectory registries)
    {
        var id = resourceId.TrimEnd('/');
        if (id.Equals(Subscription, StringComparison.OrdinalIgnoreCase))
            return RoleScope.Installation;
        if (id.Equals(Group, StringComparison.OrdinalIgnoreCase))
            return RoleScope.Group;
        var name = id[(id.LastIndexOf('/') + 1)..];
        return registries.Find(name) is { } found && id.Equals(Registry(found.Name), StringComparison.OrdinalIgnoreCase) ? RoleScope.Of(found) : null;
    }

    public bool IsSubscription(object? id) => Guid.TryParse(id as string, out var named) && named == InstallationId;

    public static bool IsResourceGroup(object? name) => ResourceGroup.Equals(name as string, StringComparison.OrdinalIgnoreCase);
}
