using System.Runtime.CompilerServices;
using Breakwater.Oci;

namespace Breakwater.Client.Content;

/// <summary>The recycle bin of a registry, by ACR's interface.</summary>
public sealed class DeletedClient(ContentApi api)
{
    private const string Root = "/acr/v1/_deleted";

    /// <summary>Repositories that have nothing any more but what can be restored.</summary>
    /// <param name="top">For the size of pages.</param>
    public async IAsyncEnumerable<string> ListRepositoriesAsync(int? top, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in api.PagesAsync<CatalogPage>($"{Root}/_catalog{ListQuery.Of(ItemOrder.Name, top)}", ContentScope.DeletedCatalog, stop))
        {
            foreach (var name in page.Repositories ?? [])
                yield return name;
        }
    }

    /// <param name="top">For the size of pages.</param>
    public async IAsyncEnumerable<DeletedManifest> ListManifestsAsync(RepositoryName repository, int? top, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in api.PagesAsync<ManifestPage>($"{Root}/{repository}/_manifests{ListQuery.Of(ItemOrder.Name, top)}", ContentScope.Of(repository, "deleted_read"), stop))
        {
            foreach (var manifest in page.Manifests ?? [])
                yield return manifest;
        }
    }

    /// <summary>By name, and for one name in the order of the deletions.</summary>
    /// <param name="top">For the size of pages.</param>
    public async IAsyncEnumerable<DeletedTag> ListTagsAsync(RepositoryName repository, int? top, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in api.PagesAsync<TagPage>($"{Root}/{repository}/_tags{ListQuery.Of(ItemOrder.Name, top)}", ContentScope.Of(repository, "deleted_read"), stop))
        {
            foreach (var tag in page.Tags ?? [])
                yield return tag;
        }
    }

    /// <param name="tag">That is to mean it; null for all tags that it lost with its deletion.</param>
    /// <param name="force">Whether a tag that means another manifest is moved.</param>
    public Task<Restoration> RestoreAsync(RepositoryName repository, Digest digest, TagName? tag, bool force, CancellationToken stop) => api.SendAsync<Restoration>(
        HttpMethod.Post, $"{Root}/{repository}/_manifests/{digest}?force={(force ? "true" : "false")}", ContentScope.Of(repository, "deleted_read,deleted_restore"), new { tag = tag?.Value }, stop);

    private sealed record CatalogPage(List<string>? Repositories);

    private sealed record ManifestPage(List<DeletedManifest>? Manifests);

    private sealed record TagPage(List<DeletedTag>? Tags);
}
