using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Access;

/// <summary>How resource ids name the installation: its id as the subscription's, and its resource groups.</summary>
internal sealed class InstallationScope(Guid installationId, ResourceGroupDirectory groups)
{
    public Guid InstallationId => installationId;

    public string Subscription { get; } = $"/subscriptions/{installationId:D}";

    /// <summary>The group that is always there, in which what belongs to the whole installation is shown.</summary>
    public string DefaultGroup => GroupOf(RoleScope.DefaultGroupName);

    public string GroupOf(string name) => $"{Subscription}/resourceGroups/{name}";

    public string IdOf(Registry registry) => RegistryIn(registry.GroupName, registry.Name);

    /// <summary>Of a registry by name; one that is not there is named in the group that is always there.</summary>
    public string IdOfRegistry(string name, RegistryDirectory registries) => registries.Find(name) is { } found ? IdOf(found) : RegistryIn(RoleScope.DefaultGroupName, name);

    public string IdOf(RoleScope scope, RegistryDirectory registries) => scope switch
    {
        { RegistryId: { } id } when registries.Find(id) is { } registry => IdOf(registry),
        { RegistryId: { } id } => RegistryIn(NameOf(scope.GroupId), id.ToString("D")),
        { GroupId: not null } => GroupOf(NameOf(scope.GroupId)),
        _ => Subscription,
    };

    /// <summary>The scope that a resource id names; null when it is none of this installation's.</summary>
    public RoleScope? Parse(string resourceId, RegistryDirectory registries)
    {
        var id = resourceId.TrimEnd('/');
        if (id.Equals(Subscription, StringComparison.OrdinalIgnoreCase))
            return RoleScope.Installation;
        var name = id[(id.LastIndexOf('/') + 1)..];
        if (groups.Find(name) is { } group && id.Equals(GroupOf(group.Name), StringComparison.OrdinalIgnoreCase))
            return RoleScope.OfGroup(group.Id);
        return registries.Find(name) is { } found && id.Equals(IdOf(found), StringComparison.OrdinalIgnoreCase) ? RoleScope.Of(found) : null;
    }

    public bool IsSubscription(object? id) => Guid.TryParse(id as string, out var named) && named == installationId;

    /// <summary>The group that a path names; null when there is none.</summary>
    public ResourceGroup? FindGroup(HttpContext context) => groups.Find(context.Request.RouteValues["group"] as string);

    public static bool IsDefaultGroup(object? name) => RoleScope.DefaultGroupName.Equals(name as string, StringComparison.OrdinalIgnoreCase);

    private string NameOf(Guid? groupId) => groupId is { } id ? groups.Find(id)?.Name ?? id.ToString("D") : RoleScope.DefaultGroupName;

    private string RegistryIn(string group, string name) => $"{GroupOf(group)}/providers/Microsoft.ContainerRegistry/registries/{name}";
}
