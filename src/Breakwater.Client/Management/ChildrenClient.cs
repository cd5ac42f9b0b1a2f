namespace Breakwater.Client.Management;

/// <summary>One kind of resource below a registry, such as its tokens.</summary>
public sealed class ChildrenClient<T>
{
    private readonly ManagementClient management;
    private readonly string root;

    internal ChildrenClient(ManagementClient management, RegistryId registry, string kind) => (this.management, root) = (management, $"{registry}/{kind}");

    public IAsyncEnumerable<ArmResource<T>> ListAsync(CancellationToken stop) => management.Api.ListAsync<ArmResource<T>>(ManagementClient.Versioned(root), stop);

    public Task<ArmResource<T>> GetAsync(string name, CancellationToken stop) => management.Api.GetAsync<ArmResource<T>>(ManagementClient.Versioned(At(name)), stop);

    /// <param name="location">Of tracked resources only, as webhooks are; null: where the registry is.</param>
    public Task<ArmResource<T>> PutAsync(string name, T properties, CancellationToken stop, string? location = null) =>
        management.RunAsync<ArmResource<T>>(HttpMethod.Put, At(name), new { location, properties }, stop);

    public Task<ArmResource<T>> UpdateAsync(string name, T properties, CancellationToken stop) => management.RunAsync<ArmResource<T>>(HttpMethod.Patch, At(name), new { properties }, stop);

    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteAsync(string name, CancellationToken stop) => management.DeleteAsync(At(name), ManagementClient.ApiVersion, stop);

    private string At(string name) => $"{root}/{Uri.EscapeDataString(name)}";
}
