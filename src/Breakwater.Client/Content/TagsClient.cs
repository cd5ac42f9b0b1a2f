using System.Runtime.CompilerServices;
using Breakwater.Client.Transport;
using Breakwater.Oci;

namespace Breakwater.Client.Content;

/// <summary>Tags by ACR's interface.</summary>
public sealed class TagsClient(ContentApi api)
{
    /// <param name="top">For the size of pages.</param>
    public async IAsyncEnumerable<TagAttributes> ListAsync(RepositoryName repository, ItemOrder order, int? top, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in api.PagesAsync<TagPage>(Root(repository) + ListQuery.Of(order, top), ContentScope.Of(repository, "metadata_read"), stop))
        {
            foreach (var tag in page.Tags ?? [])
                yield return tag;
        }
    }

    public async Task<TagAttributes> GetAsync(RepositoryName repository, TagName tag, CancellationToken stop) =>
        (await api.GetAsync<OneTag>(At(repository, tag), ContentScope.Of(repository, "metadata_read"), stop)).Tag;

    public async Task<TagAttributes> UpdateAsync(RepositoryName repository, TagName tag, ChangeableAttributes change, CancellationToken stop) =>
        (await api.SendAsync<OneTag>(HttpMethod.Patch, At(repository, tag), ContentScope.Of(repository, "metadata_read,metadata_write"), change, stop)).Tag;

    /// <summary>Takes the tag away and leaves its manifest.</summary>
    public async Task DeleteAsync(RepositoryName repository, TagName tag, CancellationToken stop)
    {
        using var answer = await api.SendAsync(HttpMethod.Delete, At(repository, tag), ContentScope.Of(repository, "delete"), null, stop);
        await Answers.RequireAsync(answer, stop);
    }

    private static string Root(RepositoryName repository) => $"/acr/v1/{repository}/_tags";

    private static string At(RepositoryName repository, TagName tag) => $"{Root(repository)}/{tag}";

    private sealed record TagPage(List<TagAttributes>? Tags);

    private sealed record OneTag(TagAttributes Tag);
}
