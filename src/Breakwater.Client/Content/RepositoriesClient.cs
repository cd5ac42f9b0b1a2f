using System.Runtime.CompilerServices;
using Breakwater.Oci;

namespace Breakwater.Client.Content;

/// <summary>Repositories by ACR's interface.</summary>
public sealed class RepositoriesClient(ContentApi api)
{
    /// <param name="top">For the size of pages.</param>
    public async IAsyncEnumerable<string> ListAsync(int? top, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in api.PagesAsync<CatalogPage>("/acr/v1/_catalog" + ListQuery.Of(ItemOrder.Name, top), ContentScope.Catalog, stop))
        {
            foreach (var name in page.Repositories ?? [])
                yield return name;
        }
    }

    public Task<RepositoryAttributes> GetAsync(RepositoryName repository, CancellationToken stop) =>
        api.GetAsync<RepositoryAttributes>(At(repository), ContentScope.Of(repository, "metadata_read"), stop);

    public Task<RepositoryAttributes> UpdateAsync(RepositoryName repository, ChangeableAttributes change, CancellationToken stop) =>
        api.SendAsync<RepositoryAttributes>(HttpMethod.Patch, At(repository), ContentScope.Of(repository, "metadata_read,metadata_write"), change, stop);

    public Task<RepositoryDeletion> DeleteAsync(RepositoryName repository, CancellationToken stop) =>
        api.SendAsync<RepositoryDeletion>(HttpMethod.Delete, At(repository), ContentScope.Of(repository, "delete"), null, stop);

    private static string At(RepositoryName repository) => $"/acr/v1/{repository}";

    private sealed record CatalogPage(List<string>? Repositories);
}
