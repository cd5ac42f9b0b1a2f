using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>Blobs by their link to a repository. A digest alone gives no access.</summary>
public sealed class BlobStore(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, BlobVault vault, Leases leases)
{
    // Contents up to one segment are kept in memory once read; larger ones have the kernel's page cache.
    private const int SmallContent = 64 << 10;
    private const long EntryBytes = 700;

    /// <returns>Null when the repository does not link such a blob.</returns>
    public async ValueTask<Blob?> FindAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.Pull);
        return await repositories.FindAsync(access) is { } repository ? await FindAsync(repository, digest) : null;
    }

    /// <summary>As <see cref="FindAsync(RepositoryAccess, Digest)"/>, for one who may push and now relies on the blob: its lease is renewed.</summary>
    public async ValueTask<Blob?> FindForPushAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.Push);
        if (await repositories.FindAsync(access) is not { } repository || await FindAsync(repository, digest) is not { } blob)
            return null;
        return await leases.TouchAsync(repository.Id, digest) ? blob : null;
    }

    /// <summary>Verified content of a small blob, from memory when it was read before; null for a larger one.</summary>
    /// <exception cref="CorruptObjectException">The object is not what was sealed.</exception>
    public ValueTask<byte[]?> ReadSmallAsync(Blob blob, CancellationToken cancellationToken) =>
        blob.SizeBytes > SmallContent
            ? new ValueTask<byte[]?>((byte[]?)null)
            : cache.GetAsync(new ContentKey(blob.Stored.Id), _ => LoadAsync(blob, cancellationToken)!, content => content.Length + 200);

    /// <summary>Opens the content for streaming.</summary>
    public ValueTask<VaultReader> OpenAsync(Blob blob, CancellationToken cancellationToken) => vault.OpenAsync(blob.Stored, cancellationToken);

    /// <summary>Takes a blob out of a repository. Its object follows when no repository links it.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="OciException"><c>Unsupported</c> while a manifest of the repository refers to it.</exception>
    public async Task<bool> DeleteAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.Delete);
        if (await repositories.FindAsync(access) is not { } repository)
            return false;
        var deleted = await database.WriteAsync(db => BlobRows.IsReferenced(db, repository.Id, digest)
            ? throw new OciException(OciErrors.Unsupported, "The blob is part of a manifest. Delete the manifest first.")
            : BlobRows.Unlink(db, repository.Id, digest, leases.Now));
        cache.Invalidate(new BlobKey(repository.Id, digest.Value));
        return deleted;
    }

    private ValueTask<Blob?> FindAsync(Repository repository, Digest digest) =>
        cache.GetAsync(new BlobKey(repository.Id, digest.Value), _ => LoadAsync(repository, digest), _ => EntryBytes);

    private async Task<Blob?> LoadAsync(Repository repository, Digest digest)
    {
        var row = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<ObjectRow>(
            """
            SELECT o.id, o.epoch, o.size_bytes FROM blob_link l JOIN object o ON o.id = l.object_id
            WHERE l.repository_id = @Id AND l.digest = @digest
            """,
            new { repository.Id, digest }));
        return row is null ? null : new Blob(digest, new SealedObject(repository.RegistryId, row.Id, row.Epoch, row.SizeBytes));
    }

    private async Task<byte[]> LoadAsync(Blob blob, CancellationToken cancellationToken)
    {
        using var reader = await vault.OpenAsync(blob.Stored, cancellationToken);
        var content = new byte[blob.SizeBytes];
        reader.Read(0, content);
        if (content.Length == 0)
            reader.VerifyEnd();
        return content;
    }

    private sealed record ContentKey(Guid ObjectId);
}
