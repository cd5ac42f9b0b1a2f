namespace Breakwater.Client.Management;

/// <summary>Private endpoints, which are all in the first resource group.</summary>
public sealed class PrivateEndpointsClient(ManagementClient management)
{
    public IAsyncEnumerable<ArmResource<PrivateEndpointProperties>> ListAsync(CancellationToken stop) =>
        management.Api.ListAsync<ArmResource<PrivateEndpointProperties>>(ManagementClient.Versioned(Root()), stop);

    public Task<ArmResource<PrivateEndpointProperties>> GetAsync(string name, CancellationToken stop) =>
        management.Api.GetAsync<ArmResource<PrivateEndpointProperties>>(ManagementClient.Versioned(At(name)), stop);

    public Task<ArmResource<PrivateEndpointProperties>> PutAsync(string name, PrivateEndpointProperties properties, CancellationToken stop) =>
        management.RunAsync<ArmResource<PrivateEndpointProperties>>(HttpMethod.Put, At(name), new { properties }, stop);

    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteAsync(string name, CancellationToken stop) => management.DeleteAsync(At(name), ManagementClient.ApiVersion, stop);

    private string Root() => $"{management.Subscription}/resourceGroups/{Uri.EscapeDataString(RegistryId.DefaultGroup)}/providers/Microsoft.Network/privateEndpoints";

    private string At(string name) => $"{Root()}/{Uri.EscapeDataString(name)}";
}
