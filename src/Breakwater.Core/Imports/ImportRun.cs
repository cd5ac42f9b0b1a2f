using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>One import: copies an image with all that it consists of, children before their index and blobs before their manifest, so that nothing is visible that is not whole.</summary>
internal sealed class ImportRun(ImportOrder order, ImportRights rights, ImportStores stores, IImportSource source, BytePacer? pacer, ImportLimits limits, AuditLog log, TimeProvider clock)
{
    private readonly BlobCopy _blobs = new(stores, source, pacer, limits, clock);
    private readonly Dictionary<string, SourceManifest> _fetched = [];
    private readonly HashSet<(string Repository, string Digest)> _copied = [];
    private RepositoryName? _first;
    private long _bytes;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var root = await source.FindManifestAsync(order.SourceReference, cancellationToken) ?? throw new OciException(ImportErrors.SourceNotFound);
        var digest = order.SourceReference.Digest ?? Digest.Of(DigestAlgorithm.Sha256, root.Body.Span);
        Remember(digest, root);
        foreach (var target in order.Targets)
        {
            await CopyAsync(target.Repository, digest, target.Tags, 0, cancellationToken);
            _first ??= target.Repository;
        }
    }

    private async Task CopyAsync(RepositoryName repository, Digest digest, IReadOnlyList<TagName> tags, int depth, CancellationToken cancellationToken)
    {
        if (depth > limits.Depth)
            throw new OciException(ImportErrors.TooLarge, $"The image is nested deeper than {limits.Depth} levels.");
        if (!_copied.Add((repository.Value, digest.Value)))
            return;
        // Those that the source lacks count too: each is asked for.
        if (_copied.Count > (long)limits.Manifests * order.Targets.Count)
            throw new OciException(ImportErrors.TooLarge, $"The image has more than {limits.Manifests} manifests.");
        if (await FindAsync(digest, cancellationToken) is not { } manifest)
            return;
        var parsed = Parse(manifest);
        foreach (var child in parsed.Edges.Where(edge => edge.Kind == EdgeKind.Child && MediaTypes.IsManifest(edge.MediaType)))
            await CopyAsync(repository, child.Target, [], depth + 1, cancellationToken);
        foreach (var blob in parsed.Edges.Where(edge => edge.MustExist))
            await _blobs.RunAsync(rights.Target(repository), MountSource, blob, cancellationToken);
        await PushAsync(repository, digest, tags, manifest, parsed.MediaType, cancellationToken);
        if (order.IncludeReferrers)
            await CopyReferrersAsync(repository, digest, depth, cancellationToken);
    }

    private async Task CopyReferrersAsync(RepositoryName repository, Digest digest, int depth, CancellationToken cancellationToken)
    {
        foreach (var referrer in await source.ListReferrersAsync(digest, limits.Manifests + 1, cancellationToken))
            await CopyAsync(repository, referrer, [], depth + 1, cancellationToken);
        // cosign keeps what it makes under tags that the digest names, unless it is told otherwise.
        foreach (var suffix in new[] { ".sig", ".att", ".sbom" })
        {
            var tag = TagName.Parse(digest.Value.Replace(':', '-') + suffix);
            if (await source.FindManifestAsync(ManifestReference.Parse(tag.Value), cancellationToken) is not { } attached)
                continue;
            var name = Digest.Of(DigestAlgorithm.Sha256, attached.Body.Span);
            Remember(name, attached);
            await CopyAsync(repository, name, [tag], depth + 1, cancellationToken);
        }
    }

    // The first target, where the caller may pull, since it has all of it by now; or the source, if it is a repository of the same registry.
    private RepositoryAccess? MountSource => _first is not null ? rights.Own(_first) : (source as LocalSource)?.Access;

    private async Task PushAsync(RepositoryName repository, Digest digest, IReadOnlyList<TagName> tags, SourceManifest manifest, string mediaType, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await stores.Manifests.PutAsync(rights.Target(repository), ManifestReference.Parse(digest.Value), tags, manifest.Body, mediaType, order.Request);
        await log.EnqueueAsync(order.Record with
        {
            Time = clock.GetUtcNow(),
            Category = AuditCategory.Repository,
            Operation = AuditOperations.Push,
            Status = 201,
            Description = $"Imported from {order.SourceText}.",
            Repository = repository.Value,
            Tag = tags.Count == 0 ? null : string.Join(',', tags),
            Digest = digest.Value,
            MediaType = mediaType,
            SizeBytes = manifest.Body.Length,
            Resource = rights.Registry.Name,
        }, cancellationToken);
    }

    /// <returns>Null when the source lacks it, as an index may name manifests that are not there.</returns>
    private async Task<SourceManifest?> FindAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (_fetched.TryGetValue(digest.Value, out var known))
            return known;
        if (await source.FindManifestAsync(ManifestReference.Parse(digest.Value), cancellationToken) is not { } found)
            return null;
        Remember(digest, found);
        return found;
    }

    private void Remember(Digest digest, SourceManifest manifest)
    {
        if (Digest.Of(digest.Algorithm, manifest.Body.Span) != digest)
            throw new OciException(ImportErrors.SourceInvalid, $"The manifest that the source sent as {digest} has another digest.");
        if (_fetched.TryAdd(digest.Value, manifest))
            _bytes += manifest.Body.Length;
        if (_bytes > limits.ManifestBytes)
            throw new OciException(ImportErrors.TooLarge, $"The image's manifests have more than {limits.ManifestBytes} bytes together.");
    }

    private static ParsedManifest Parse(SourceManifest manifest)
    {
        try
        {
            // Some sources name a general type; the manifest's own then counts.
            var type = MediaTypes.TryParse(manifest.MediaType, out var essence) && MediaTypes.IsManifest(essence) ? essence : null;
            return ManifestParser.Parse(manifest.Body, type);
        }
        catch (OciException e)
        {
            throw new OciException(ImportErrors.SourceInvalid, $"The source sent a manifest that cannot be taken: {e.ClientMessage}", inner: e);
        }
    }
}
