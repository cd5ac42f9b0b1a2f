namespace Breakwater.Server.Access;

/// <summary>How resource ids name the installation: its id as the subscription's, and one resource group.</summary>
internal sealed record InstallationScope(Guid InstallationId)
{
    public const string ResourceGroup = "breakwater";

    public string Subscription { get; } = $"/subscriptions/{InstallationId:D}";

    public string Registry(string name) => $"{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.ContainerRegistry/registries/{name}";

    public bool IsSubscription(object? id) => Guid.TryParse(id as string, out var named) && named == InstallationId;

    public static bool IsResourceGroup(object? name) => ResourceGroup.Equals(name as string, StringComparison.OrdinalIgnoreCase);
}
