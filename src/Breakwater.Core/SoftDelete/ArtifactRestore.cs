using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Events;
using Breakwater.Core.Manifests;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tags;
using Breakwater.Oci;

namespace Breakwater.Core.SoftDelete;

/// <summary>Brings manifests and tags back from the recycle bin, all that a request means in one transaction.</summary>
public sealed class ArtifactRestore(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, EventOutbox outbox, TimeProvider clock)
{
    /// <summary>Restores a manifest, with the children of an index that are in the bin; or, of one that is there, a deleted tag.</summary>
    /// <param name="tag">The tag that is to mean it. Null: all that it lost with its deletion.</param>
    /// <param name="force">Whether a tag that means another manifest is moved. What it meant stays, and the tag is in the bin if the policy is enabled.</param>
    /// <param name="request">What webhooks are told about where it came from.</param>
    /// <returns>Null when the bin has no such manifest, nor such a tag of one that is there.</returns>
    /// <exception cref="OciException"><see cref="RestoreErrors"/>; <c>OperationDisallowed</c>: the repository or a tag is locked; or what the registry's policies say.</exception>
    /// <exception cref="AccessDeniedException">It is a signature and the caller may not sign.</exception>
    public async Task<RestoredManifest?> RestoreAsync(RepositoryAccess access, Digest digest, TagName? tag, bool force, EventRequest? request = null)
    {
        access.Demand(RepositoryActions.DeletedRestore);
        RestoreUnit? unit = null;
        var restored = await database.WriteAsync(db =>
        {
            unit = new RestoreUnit(db, access, clock.GetUtcNow(), force);
            return unit.Run(digest, tag, outbox, request);
        });
        if (restored is null)
            return null;
        Invalidate(unit!);
        outbox.Ring(access);
        return restored;
    }

    private void Invalidate(RestoreUnit unit)
    {
        var repository = unit.Repository;
        foreach (var manifest in unit.Manifests)
            cache.Invalidate(new ManifestKey(repository.Id, manifest.Value));
        foreach (var tag in unit.Tags)
            cache.Invalidate(new TagKey(repository.Id, tag.Value));
        foreach (var blob in unit.Blobs)
            cache.Invalidate(new BlobKey(repository.Id, blob));
        cache.Invalidate(new TagListKey(repository.Id));
        repositories.Changed(repository);
    }
}
