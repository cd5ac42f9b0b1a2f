using System.Text.Json;

namespace Breakwater.Client.Management;

/// <summary>Resource groups: what registries are in.</summary>
public sealed class ResourceGroupsClient(ManagementClient management)
{
    /// <summary>Those in which the caller has a role.</summary>
    public IAsyncEnumerable<ArmResource<JsonElement>> ListAsync(CancellationToken stop) => management.Api.ListAsync<ArmResource<JsonElement>>(ManagementClient.Versioned(Root), stop);

    public Task<ArmResource<JsonElement>> GetAsync(string name, CancellationToken stop) => management.Api.GetAsync<ArmResource<JsonElement>>(ManagementClient.Versioned(At(name)), stop);

    /// <param name="tags">All of them; null leaves them as they are.</param>
    public Task<ArmResource<JsonElement>> PutAsync(string name, string? location, IReadOnlyDictionary<string, string>? tags, CancellationToken stop) =>
        management.Api.SendAsync<ArmResource<JsonElement>>(HttpMethod.Put, ManagementClient.Versioned(At(name)), new { location, tags }, stop);

    /// <param name="tags">All of them.</param>
    public Task<ArmResource<JsonElement>> UpdateAsync(string name, IReadOnlyDictionary<string, string> tags, CancellationToken stop) =>
        management.Api.SendAsync<ArmResource<JsonElement>>(HttpMethod.Patch, ManagementClient.Versioned(At(name)), new { tags }, stop);

    public Task DeleteAsync(string name, CancellationToken stop) => management.RunAsync(HttpMethod.Delete, At(name), null, stop);

    private string Root => management.Subscription + "/resourceGroups";

    private string At(string name) => $"{Root}/{Uri.EscapeDataString(name)}";
}
