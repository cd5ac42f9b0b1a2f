namespace Breakwater.Client.Management;

/// <summary>Pulls, pushes and bytes of one registry.</summary>
public sealed class UsageClient
{
    private readonly ManagementClient management;
    private readonly string root;

    internal UsageClient(ManagementClient management, RegistryId registry) => (this.management, root) = (management, registry + "/usage");

    /// <summary>The sums of all of it.</summary>
    public async Task<RegistryTotals> GetTotalsAsync(CancellationToken stop) => (await management.Api.GetAsync<FirstPage>(ManagementClient.Versioned(root), stop)).Registry;

    /// <summary>Repositories whose metadata the caller may read.</summary>
    /// <param name="orderBy">A member, <c>desc</c> behind it for the largest first, such as <c>uniqueBytes desc</c>; null: by name.</param>
    public IAsyncEnumerable<RepositoryUsage> ListRepositoriesAsync(string? orderBy, CancellationToken stop) =>
        management.Api.ListAsync<RepositoryUsage>(ManagementClient.Versioned(root + Order('?', orderBy)), stop);

    /// <param name="orderBy">As for repositories, but not by bytes.</param>
    public IAsyncEnumerable<TagUsage> ListTagsAsync(string repository, string? orderBy, CancellationToken stop) =>
        management.Api.ListAsync<TagUsage>(ManagementClient.Versioned($"{root}/tags?repository={Uri.EscapeDataString(repository)}{Order('&', orderBy)}"), stop);

    private static string Order(char before, string? orderBy) => orderBy is null ? "" : $"{before}$orderby={Uri.EscapeDataString(orderBy)}";

    private sealed record FirstPage(RegistryTotals Registry);
}
