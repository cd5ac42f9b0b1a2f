using System.Net;

namespace Breakwater.Client.Management;

/// <summary>Registries that were deleted, until they are erased.</summary>
public sealed class DeletedRegistriesClient(ManagementClient management)
{
    /// <summary>All of a resource group.</summary>
    public IAsyncEnumerable<ArmResource<DeletedRegistryProperties>> ListAsync(string group, CancellationToken stop) =>
        management.Api.ListAsync<ArmResource<DeletedRegistryProperties>>(ManagementClient.Versioned(At(group)), stop);

    /// <summary>Puts one back as it was.</summary>
    public Task<ArmResource<RegistryProperties>> RecoverAsync(string group, string name, CancellationToken stop) =>
        management.Api.SendAsync<ArmResource<RegistryProperties>>(HttpMethod.Post, ManagementClient.Versioned($"{At(group)}/{Uri.EscapeDataString(name)}/recover"), null, stop);

    /// <summary>Erases one for good, beginning with its keys.</summary>
    /// <returns>False: the keys are destroyed, and a last copy of them in the database's journal goes in the background.</returns>
    public async Task<bool> PurgeAsync(string group, string name, CancellationToken stop) =>
        await management.Api.SendAsync(HttpMethod.Post, ManagementClient.Versioned($"{At(group)}/{Uri.EscapeDataString(name)}/purge"), null, stop) != HttpStatusCode.Accepted;

    private string At(string group) => $"{management.Subscription}/resourceGroups/{Uri.EscapeDataString(group)}/providers/Microsoft.ContainerRegistry/deletedRegistries";
}
