namespace Breakwater.Client.Management;

/// <summary>Private endpoints, in a resource group.</summary>
public sealed class PrivateEndpointsClient(ManagementClient management)
{
    public IAsyncEnumerable<ArmResource<PrivateEndpointProperties>> ListAsync(string? group, CancellationToken stop) =>
        management.Api.ListAsync<ArmResource<PrivateEndpointProperties>>(ManagementClient.Versioned(Root(group)), stop);

    public Task<ArmResource<PrivateEndpointProperties>> GetAsync(string? group, string name, CancellationToken stop) =>
        management.Api.GetAsync<ArmResource<PrivateEndpointProperties>>(ManagementClient.Versioned(At(group, name)), stop);

    public Task<ArmResource<PrivateEndpointProperties>> PutAsync(string? group, string name, PrivateEndpointProperties properties, CancellationToken stop) =>
        management.RunAsync<ArmResource<PrivateEndpointProperties>>(HttpMethod.Put, At(group, name), new { properties }, stop);

    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteAsync(string? group, string name, CancellationToken stop) => management.DeleteAsync(At(group, name), ManagementClient.ApiVersion, stop);

    private string Root(string? group) => $"{management.Subscription}/resourceGroups/{Uri.EscapeDataString(group ?? RegistryId.DefaultGroup)}/providers/Microsoft.Network/privateEndpoints";

    private string At(string? group, string name) => $"{Root(group)}/{Uri.EscapeDataString(name)}";
}
