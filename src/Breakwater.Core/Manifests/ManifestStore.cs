using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Events;
using Breakwater.Core.Metadata;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Storage;
using Breakwater.Core.Tags;
using Breakwater.Core.Usage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Manifests;

/// <summary>Manifests of a repository, by digest and by tag.</summary>
public sealed class ManifestStore(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, BlobVault vault, EventOutbox outbox, PullCounts pulls, TimeProvider clock)
{
    /// <summary>Set by one push: each is a row, and for every webhook an event. OCI's clients send a few.</summary>
    public const int MaxTags = 100;

    private const long EntryBytes = 700;

    /// <summary>Called after each push that is durable. It must not throw.</summary>
    public Action<Registry>? Pushed { get; set; }

    /// <returns>Null when there is none, also when the repository is unknown.</returns>
    /// <exception cref="CorruptObjectException">The stored manifest is not what was pushed.</exception>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the repository, the tag or the manifest is locked.</exception>
    public async ValueTask<Manifest?> FindAsync(RepositoryAccess access, ManifestReference reference) => (await FindForPullAsync(access, reference))?.Manifest;

    /// <summary>As <see cref="FindAsync(RepositoryAccess, ManifestReference)"/>, with what <see cref="Count"/> needs.</summary>
    public async ValueTask<PulledManifest?> FindForPullAsync(RepositoryAccess access, ManifestReference reference)
    {
        access.Demand(RepositoryActions.Pull);
        if (await repositories.FindAsync(access) is not { } repository)
            return null;
        repository.Refuse(ItemLocks.Read);
        var tag = reference.Tag is null ? null : await FindTagAsync(repository, reference.Tag);
        var digest = reference.Digest ?? tag?.Digest;
        if (digest is null || await FindAsync(repository, digest) is not { } manifest)
            return null;
        Locked.Refuse(manifest.Locks, ItemLocks.Read, "manifest", digest.Value);
        return new PulledManifest(manifest, tag);
    }

    /// <summary>A client has got it: a pull of the manifest, and of the tag that it was asked for by.</summary>
    public void Count(PulledManifest pulled) => pulls.Count(pulled.Manifest.Pulls, pulled.Tag?.Pulls);

    /// <summary>Stores a manifest with its tags, edges and usage in one transaction.</summary>
    /// <param name="reference">A tag; or the digest, which the body must have.</param>
    /// <param name="tags">More tags to set (OCI Distribution, "Pushing Manifests with Tags").</param>
    /// <param name="request">What webhooks are told about where it came from.</param>
    /// <exception cref="OciException"><c>TagInvalid</c> for more than <see cref="MaxTags"/>, <c>ManifestInvalid</c>, <c>DigestInvalid</c>, <c>ManifestBlobUnknown</c> with the digests that the repository lacks, or <c>OperationDisallowed</c>.</exception>
    /// <exception cref="AccessDeniedException">It is a signature and the caller may not sign, or is none and the caller may only sign.</exception>
    public async Task<PushedManifest> PutAsync(
        RepositoryAccess access, ManifestReference reference, IReadOnlyList<TagName> tags, ReadOnlyMemory<byte> body, string? contentType, EventRequest? request = null)
    {
        access.Demand(RepositoryActions.Pull | RepositoryActions.Upload);
        IReadOnlyList<TagName> allTags = [.. tags.Prepend(reference.Tag).OfType<TagName>().Distinct()];
        if (allTags.Count > MaxTags)
            throw new OciException(OciErrors.TagInvalid, $"A push sets at most {MaxTags} tags, not {allTags.Count}. Push the manifest again with the others.");
        var parsed = ManifestParser.Parse(body, contentType);
        var digest = Digest.Of(reference.Digest?.Algorithm ?? DigestAlgorithm.Sha256, body.Span);
        if (reference.Digest is not null && reference.Digest != digest)
            throw new OciException(OciErrors.DigestInvalid, $"The manifest's digest is {digest}, not {reference.Digest}.");
        var repository = await repositories.GetOrCreateAsync(access);
        var row = new NewManifest(repository, digest, parsed, body.Length, await vault.SealAsync(repository.RegistryId, body, CancellationToken.None));
        if (await database.WriteAsync(db => Insert(db, access, row, allTags, request)))
            repositories.CatalogChanged(repository);
        Invalidate(repository, digest, allTags.Select(t => t.Value));
        outbox.Ring(access);
        Pushed?.Invoke(access.Registry);
        return new PushedManifest(digest, parsed.Subject, parsed.ArtifactType);
    }

    /// <summary>Removes a manifest and its tags, into the recycle bin where the registry has one. Its blobs are reviewed; its children and referrers stay.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the repository, the manifest or one of its tags is locked; or what the registry's policies say.</exception>
    public async Task<bool> DeleteAsync(RepositoryAccess access, Digest digest, EventRequest? request = null)
    {
        access.Demand(RepositoryActions.Delete);
        if (await repositories.FindAsync(access) is not { } repository)
            return false;
        return await DeleteAsync(access, repository, digest, db => Delete(db, access, repository, digest, ItemLocks.Delete, request));
    }

    /// <summary>The same for what a rule removes.</summary>
    /// <param name="mayGo">Asked in the transaction: it may have changed since it was found.</param>
    /// <param name="asked">Which of the manifest's locks keep it.</param>
    internal Task<bool> PurgeAsync(RepositoryAccess access, Repository repository, Digest digest, Func<DbConnection, bool> mayGo, ItemLocks asked, EventRequest? request = null)
    {
        access.Demand(RepositoryActions.Delete);
        return DeleteAsync(access, repository, digest, db => mayGo(db) ? Delete(db, access, repository, digest, asked, request) : null);
    }

    private async Task<bool> DeleteAsync(RepositoryAccess access, Repository repository, Digest digest, Func<DbConnection, DeletedManifest?> delete)
    {
        var deleted = await database.WriteAsync(delete);
        if (deleted is { WasLast: true })
            repositories.CatalogChanged(repository);
        Invalidate(repository, digest, deleted?.Tags ?? []);
        outbox.Ring(access);
        return deleted is not null;
    }

    /// <returns>Whether it is the repository's first.</returns>
    private bool Insert(DbConnection db, RepositoryAccess access, NewManifest manifest, IReadOnlyList<TagName> tags, EventRequest? request)
    {
        var guard = PolicyGuard.Of(db, access);
        var now = clock.GetUtcNow();
        var id = manifest.Repository.Id;
        RepositoryRows.RefuseOrTouch(db, manifest.Repository, ItemLocks.Write, now);
        guard.Push(manifest.Parsed.Signature, tags);
        var missing = manifest.Parsed.Edges.Where(e => e.MustExist && !BlobRows.IsLinked(db, id, e.Target)).Select(e => e.Target.Value).Union(TakeKept(db, access, manifest, now)).ToList();
        if (missing.Count > 0)
            throw new OciException(OciErrors.ManifestBlobUnknown, $"The repository lacks {missing.Count} of the manifest's blobs. Push them first.", missing.Select(d => new Dictionary<string, string> { ["digest"] = d }).ToArray());
        var first = ManifestRows.Insert(db, access.Registry, manifest, now);
        foreach (var tag in tags)
        {
            TagRows.Set(db, guard, id, tag, manifest.Digest, now);
            BinRemoval.ForgetTag(db, manifest.Repository, tag, manifest.Digest);
        }
        RepositoryRows.CountPush(db, manifest.Repository, now);
        outbox.Pushed(db, access, manifest, tags, request);
        return first;
    }

    // A manifest in the recycle bin comes back by a push. Blobs that it can be without, and that only the bin has still, must come too: who may restore takes
    // them from there, and who may not must send them. Otherwise they would be lost, or be readable again by somebody who never had them.
    private static IEnumerable<string> TakeKept(DbConnection db, RepositoryAccess access, NewManifest manifest, DateTimeOffset now)
    {
        var key = BinKey.Of(manifest.Repository, manifest.Digest.Value);
        var kept = BinReturn.Unlinked(db, key);
        if (!access.Allows(RepositoryActions.DeletedRestore))
            return kept.Select(blob => blob.Digest);
        var required = manifest.Parsed.Edges.Where(edge => edge.MustExist).Select(edge => edge.Target.Value).ToHashSet();
        BinReturn.Link(db, key, kept.Where(blob => !required.Contains(blob.Digest)), now);
        return [];
    }

    private DeletedManifest? Delete(DbConnection db, RepositoryAccess access, Repository repository, Digest digest, ItemLocks asked, EventRequest? request)
    {
        if (ManifestRows.Delete(db, PolicyGuard.Of(db, access), repository, digest, clock.GetUtcNow(), asked) is not { } deleted)
            return null;
        outbox.Deleted(db, access, digest, deleted, request);
        return deleted;
    }

    private void Invalidate(Repository repository, Digest digest, IEnumerable<string> tags)
    {
        cache.Invalidate(new ManifestKey(repository.Id, digest.Value));
        foreach (var tag in tags)
            cache.Invalidate(new TagKey(repository.Id, tag));
        cache.Invalidate(new TagListKey(repository.Id));
    }

    private async ValueTask<TaggedManifest?> FindTagAsync(Repository repository, TagName tag)
    {
        if (await cache.GetAsync(new TagKey(repository.Id, tag.Value), LoadTagAsync, _ => EntryBytes) is not { } found)
            return null;
        Locked.Refuse(found.Locks, ItemLocks.Read, "tag", tag.Value);
        return found;
    }

    private async Task<TaggedManifest?> LoadTagAsync(TagKey key)
    {
        var row = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<TagLockRow>(
            $"SELECT id, manifest_digest AS digest, {ItemLockColumns.Value} AS locks FROM tag WHERE repository_id = @RepositoryId AND name = @Name", key));
        return row is null ? null : new TaggedManifest(Digest.Parse(row.Digest), row.Locks, new TagPulls(pulls.Pending, key.RepositoryId, key.Name, row.Id));
    }

    /// <summary>As stored, whatever its locks.</summary>
    internal ValueTask<Manifest?> FindAsync(Repository repository, Digest digest) =>
        cache.GetAsync(new ManifestKey(repository.Id, digest.Value), _ => LoadAsync(repository, digest), m => m.Body.Length + EntryBytes);

    private async Task<Manifest?> LoadAsync(Repository repository, Digest digest)
    {
        var row = await database.ReadAsync(db => ManifestRows.FindBodyAsync(db, repository.Id, digest));
        if (row is null)
            return null;
        var body = await vault.OpenAsync(repository.RegistryId, new SealedRow(row.BodyId, row.Epoch, row.Body), CancellationToken.None);
        // Two rows may have been exchanged: each authenticates, but only one has the digest.
        return Digest.Of(digest.Algorithm, body) == digest
            ? new Manifest(digest, row.MediaType, body, row.Locks) { Pulls = new ManifestPulls(pulls.Pending, repository, digest.Value, row.BodyId) }
            : throw new CorruptObjectException(row.BodyId, "its row holds another manifest.");
    }
}
