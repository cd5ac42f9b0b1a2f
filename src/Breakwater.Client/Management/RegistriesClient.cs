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

    /// <summary>The same, with the revision that a change can depend on.</summary>
    public Task<(ArmResource<RegistryProperties> Value, string? Revision)> GetRevisionAsync(RegistryId id, CancellationToken stop) =>
        management.Api.GetRevisionAsync<ArmResource<RegistryProperties>>(ManagementClient.Versioned($"{id}"), stop);

    public Task<ArmResource<RegistryProperties>> CreateAsync(RegistryId id, RegistryChange registry, CancellationToken stop) =>
        management.RunAsync<ArmResource<RegistryProperties>>(HttpMethod.Put, $"{id}", registry, stop);

    /// <param name="confirms">Also a change by which the caller would shut itself out.</param>
    /// <param name="ifRevision">Refused with 412 at another one: somebody else has changed it meanwhile. Null: whichever it is.</param>
    public Task<ArmResource<RegistryProperties>> UpdateAsync(RegistryId id, RegistryChange change, CancellationToken stop, bool confirms = false, string? ifRevision = null) =>
        management.RunAsync<ArmResource<RegistryProperties>>(HttpMethod.Patch, confirms ? $"{id}?confirm=true" : $"{id}", change, stop, ifRevision);

    public Task DeleteAsync(RegistryId id, CancellationToken stop) => management.RunAsync(HttpMethod.Delete, $"{id}", null, stop);
}
