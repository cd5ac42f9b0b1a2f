using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Breakwater.Client.Errors;
using Breakwater.Client.Transport;
using Breakwater.Oci;

namespace Breakwater.Client.Content;

/// <summary>Manifests: their attributes by ACR's interface, themselves by the distribution specification's.</summary>
public sealed class ManifestsClient(ContentApi api)
{
    // A manifest is at most 4 MiB here; whoever sends more is no Breakwater.
    private const int MaxBytes = 4 << 20;

    private static readonly string[] Accepted =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.docker.distribution.manifest.v2+json", "*/*",
    ];

    /// <param name="top">For the size of pages.</param>
    public async IAsyncEnumerable<ManifestAttributes> ListAsync(RepositoryName repository, ItemOrder order, int? top, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in api.PagesAsync<ManifestPage>(Root(repository) + ListQuery.Of(order, top), ContentScope.Of(repository, "metadata_read"), stop))
        {
            foreach (var manifest in page.Manifests ?? [])
                yield return manifest;
        }
    }

    public async Task<ManifestAttributes> GetAttributesAsync(RepositoryName repository, Digest digest, CancellationToken stop) =>
        (await api.GetAsync<OneManifest>($"{Root(repository)}/{digest}", ContentScope.Of(repository, "metadata_read"), stop)).Manifest;

    public async Task<ManifestAttributes> UpdateAsync(RepositoryName repository, Digest digest, ChangeableAttributes change, CancellationToken stop) =>
        (await api.SendAsync<OneManifest>(HttpMethod.Patch, $"{Root(repository)}/{digest}", ContentScope.Of(repository, "metadata_read,metadata_write"), change, stop)).Manifest;

    /// <param name="reference">A tag or a digest.</param>
    /// <exception cref="BreakwaterException">Among others, when the content is not what its digest says.</exception>
    public async Task<FetchedManifest> FetchAsync(RepositoryName repository, string reference, CancellationToken stop)
    {
        using var answer = await api.SendAsync(HttpMethod.Get, At(repository, reference), ContentScope.Of(repository, "pull"), null, stop, Accepted);
        await Answers.RequireAsync(answer, stop);
        var bytes = await Bodies.ReadAsync(answer, MaxBytes, stop);
        var digest = answer.Headers.TryGetValues("Docker-Content-Digest", out var values) ? values.First() : Sha256.Of(bytes);
        if (digest.StartsWith(Sha256.Prefix, StringComparison.Ordinal) && digest != Sha256.Of(bytes))
            throw new BreakwaterException(ErrorKind.Failed, $"What came is not {digest}.", "Something between here and the registry has changed it. Try again, and look at the proxies in between.");
        return new FetchedManifest(digest, answer.Content.Headers.ContentType?.MediaType ?? "", bytes);
    }

    public async Task PushAsync(RepositoryName repository, string reference, string mediaType, byte[] bytes, CancellationToken stop)
    {
        var content = () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        using var answer = await api.SendAsync(HttpMethod.Put, At(repository, reference), ContentScope.Of(repository, "pull,push"), content, stop);
        await Answers.RequireAsync(answer, stop);
    }

    /// <summary>Deletes a manifest with all its tags.</summary>
    public async Task DeleteAsync(RepositoryName repository, Digest digest, CancellationToken stop)
    {
        using var answer = await api.SendAsync(HttpMethod.Delete, At(repository, digest.Value), ContentScope.Of(repository, "delete"), null, stop);
        await Answers.RequireAsync(answer, stop);
    }

    /// <param name="artifactType">Only those of this type; null for all.</param>
    public async IAsyncEnumerable<Referrer> ListReferrersAsync(RepositoryName repository, Digest digest, string? artifactType, [EnumeratorCancellation] CancellationToken stop)
    {
        var path = $"/v2/{repository}/referrers/{digest}" + (artifactType is null ? "" : "?artifactType=" + Uri.EscapeDataString(artifactType));
        await foreach (var page in api.PagesAsync<ReferrerPage>(path, ContentScope.Of(repository, "pull"), stop))
        {
            // Filtering is something that a registry may leave to its clients.
            foreach (var referrer in page.Manifests?.Where(entry => artifactType is null || entry.ArtifactType == artifactType) ?? [])
                yield return referrer;
        }
    }

    private static string Root(RepositoryName repository) => $"/acr/v1/{repository}/_manifests";

    private static string At(RepositoryName repository, string reference) => $"/v2/{repository}/manifests/{reference}";

    private sealed record ManifestPage(List<ManifestAttributes>? Manifests);

    private sealed record OneManifest(ManifestAttributes Manifest);

    private sealed record ReferrerPage(List<Referrer>? Manifests);
}
