using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>Blobs by their link to a repository. A digest alone gives no access.</summary>
public sealed class BlobStore(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, BlobVault vault, Leases leases, DamagedObjects damaged)
{
    // Contents up to one segment are kept in memory once read; larger ones have the kernel's page cache.
    private const int SmallContent = 64 << 10;
    private const long EntryBytes = 700;

    /// <returns>Null when the repository does not link such a blob.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the repository may not be read. Blobs are shared by manifests and have no locks of their own.</exception>
    public async ValueTask<Blob?> FindAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.Pull);
        if (await repositories.FindAsync(access) is not { } repository)
            return null;
        repository.Refuse(ItemLocks.Read);
        return await FindAsync(repository, digest);
    }

    /// <summary>
    /// As <see cref="FindAsync(RepositoryAccess, Digest)"/>, for one who may push and now relies on the blob: its lease is renewed. A damaged
    /// one counts as absent: it must be sent again. Nothing is read by it, so a repository that may not be read can still be pushed to.
    /// </summary>
    public async ValueTask<Blob?> FindForPushAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.Pull | RepositoryActions.Upload);
        if (await repositories.FindAsync(access) is not { } repository || await FindAsync(repository, digest) is not { } blob)
            return null;
        if (blob.IsDamaged)
            return null;
        return await leases.TouchAsync(repository.Id, digest) ? blob : null;
    }

    /// <summary>Verified content of a small blob, from memory when it was read before; null for a larger one.</summary>
    /// <exception cref="CorruptObjectException">The object is not what was sealed.</exception>
    public ValueTask<byte[]?> ReadSmallAsync(Blob blob, CancellationToken cancellationToken) =>
        blob.SizeBytes > SmallContent
            ? new ValueTask<byte[]?>((byte[]?)null)
            : cache.GetAsync(new ContentKey(blob.ObjectId), _ => ReadAllAsync(blob, cancellationToken)!, content => content.Length + 200);

    /// <summary>Opens the content for streaming.</summary>
    public BlobReader Open(Blob blob) => new(vault, blob.Parts, damaged);

    /// <summary>Takes a blob out of a repository. Its object follows when no repository links it.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="OciException"><c>Unsupported</c> while a manifest of the repository refers to it; <c>OperationDisallowed</c>: the repository is locked.</exception>
    public async Task<bool> DeleteAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.Delete);
        if (await repositories.FindAsync(access) is not { } repository)
            return false;
        var deleted = await database.WriteAsync(db => Delete(db, repository, digest));
        cache.Invalidate(new BlobKey(repository.Id, digest.Value));
        return deleted;
    }

    private bool Delete(DbConnection db, Repository repository, Digest digest)
    {
        if (BlobRows.IsReferenced(db, repository.Id, digest))
            throw new OciException(OciErrors.Unsupported, "The blob is part of a manifest. Delete the manifest first.");
        if (!BlobRows.IsLinked(db, repository.Id, digest))
            return false;
        RepositoryRows.Refuse(db, repository, ItemLocks.Delete);
        return BlobRows.Unlink(db, repository.Id, digest, leases.Now);
    }

    /// <summary>As linked, whatever the repository's locks.</summary>
    internal ValueTask<Blob?> FindAsync(Repository repository, Digest digest) =>
        cache.GetAsync(new BlobKey(repository.Id, digest.Value), _ => LoadAsync(repository, digest), _ => EntryBytes);

    private async Task<Blob?> LoadAsync(Repository repository, Digest digest)
    {
        // In one statement: a replaced object takes its parts with it.
        var rows = await database.ReadAsync(async db => (await db.QueryAsync<ObjectRow, PartRow?, (ObjectRow Item, PartRow? Part)>(
            """
            SELECT o.id, o.epoch, o.size_bytes, EXISTS (SELECT 1 FROM damaged_object d WHERE d.object_id = o.id) AS is_damaged,
                p.object_id, p.part_id, p.epoch, p.size_bytes
            FROM blob_link l JOIN object o ON o.id = l.object_id LEFT JOIN object_part p ON p.object_id = o.id WHERE l.repository_id = @Id AND l.digest = @digest ORDER BY p.sequence
            """,
            (item, part) => (item, part), new { repository.Id, digest }, splitOn: "object_id")).AsList());
        return rows.Count == 0 ? null : new Blob(digest, PartRow.Join(repository.RegistryId, rows[0].Item, [.. rows.Select(row => row.Part).OfType<PartRow>()]), rows[0].Item.IsDamaged);
    }

    /// <summary>Verified content of a blob that the caller knows to be small.</summary>
    internal async Task<byte[]> ReadAllAsync(Blob blob, CancellationToken cancellationToken)
    {
        using var reader = Open(blob);
        var content = new byte[blob.SizeBytes];
        int read;
        for (var at = 0; (read = await reader.ReadAsync(at, content.AsMemory(at), cancellationToken)) > 0;)
            at += read;
        return content;
    }

    private sealed record ContentKey(Guid ObjectId);
}
