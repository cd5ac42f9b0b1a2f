namespace Breakwater.Client.Management;

/// <summary>The registries of an installation.</summary>
public sealed class RegistriesClient(ManagementClient management)
{
    /// <summary>Those that the caller may look at.</summary>
    /// <param name="group">Only those of this resource group; null for all.</param>
    public IAsyncEnumerable<ArmResource<RegistryProperties>> ListAsync(string? group, CancellationToken stop)
    {
        var scope = management.Subscription + (group is null ? "" : "/resourceGroups/" + Uri.EscapeDataString(group));
        return management.Api.ListAsync<ArmResource<RegistryProperties>>(ManagementClient.Versioned(scope + "/providers/Microsoft.ContainerRegistry/registries"), stop);
    }

    public Task<ArmResource<RegistryProperties>> GetAsync(RegistryId id, CancellationToken stop) =>
        management.Api.GetAsync<ArmResource<RegistryProperties>>(ManagementClient.Versioned($"{id}"), stop);

    public Task<ArmResource<RegistryProperties>> CreateAsync(RegistryId id, RegistryChange registry, CancellationToken stop) =>
        management.RunAsync<ArmResource<RegistryProperties>>(HttpMethod.Put, $"{id}", registry, stop);

    /// <param name="confirms">Also rules by which the caller would shut itself out.</param>
    public Task<ArmResource<RegistryProperties>> UpdateAsync(RegistryId id, RegistryChange change, CancellationToken stop, bool confirms = false) =>
        management.RunAsync<ArmResource<RegistryProperties>>(HttpMethod.Patch, confirms ? $"{id}?confirm=true" : $"{id}", change, stop);

    public Task DeleteAsync(RegistryId id, CancellationToken stop) => management.RunAsync(HttpMethod.Delete, $"{id}", null, stop);
}
