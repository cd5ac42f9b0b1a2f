namespace Breakwater.Client.Management;

/// <summary>Names a registry: its resource id, taken apart.</summary>
public sealed record RegistryId(string Subscription, string Group, string Name)
{
    /// <summary>The group that every installation has.</summary>
    public const string DefaultGroup = "breakwater";

    public static RegistryId? TryParse(string? id) =>
        id?.Split('/') is ["", "subscriptions", var subscription, _, var group, "providers", _, "registries", var name] ? new RegistryId("/subscriptions/" + subscription, group, name) : null;

    public override string ToString() => $"{Subscription}/resourceGroups/{Uri.EscapeDataString(Group)}/providers/Microsoft.ContainerRegistry/registries/{Uri.EscapeDataString(Name)}";
}
