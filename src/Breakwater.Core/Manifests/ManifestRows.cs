using System.Data.Common;
using Breakwater.Core.Keys;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Tags;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Manifests;

/// <summary>The statements that change manifests. Each keeps the usage figures exact in the same transaction.</summary>
internal static class ManifestRows
{
    /// <summary>Inserts the manifest with its edges, unless it is there already. From the recycle bin it is gone then.</summary>
    /// <returns>Whether it is the repository's first.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: it is there and locked. <c>Denied</c>: the registry is full. <c>Unavailable</c>: the root key was replaced since it was sealed.</exception>
    public static bool Insert(DbConnection db, Registry registry, NewManifest manifest, DateTimeOffset now)
    {
        var parsed = manifest.Parsed;
        RootKeyRows.DemandOpen(db, registry.Id, manifest.Body.Epoch);
        var added = db.Execute(
            """
            INSERT INTO manifest (repository_id, digest, media_type, artifact_type, config_media_type, subject, size_bytes, epoch, body, body_id, signature_kind, created_at, updated_at, pushed_at)
            VALUES (@RepositoryId, @Digest, @MediaType, @ArtifactType, @ConfigMediaType, @Subject, @SizeBytes, @Epoch, @Bytes, @BodyId, @Kind, @now, @now, @now)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                RepositoryId = manifest.Repository.Id,
                manifest.Digest,
                parsed.MediaType,
                parsed.ArtifactType,
                parsed.ConfigMediaType,
                Subject = parsed.Subject?.Value,
                manifest.SizeBytes,
                manifest.Body.Epoch,
                manifest.Body.Bytes,
                BodyId = manifest.Body.Id,
                Kind = (int)parsed.Signature.Kind,
                now,
            });
        if (added == 0)
            return Touch(db, manifest, now);
        foreach (var edge in parsed.Edges)
            InsertEdge(db, manifest, edge);
        var isFirst = AddUsage(db, manifest.Repository, manifest.SizeBytes, count: 1, ofRegistry: manifest.SizeBytes) == 1;
        BinReturn.Revive(db, manifest.Repository, manifest.Digest, now);
        StorageQuota.Require(db, registry);
        return isFirst;
    }

    /// <summary>Removes the manifest, its edges and tags, into the recycle bin where the registry has one, and asks for a review of its blobs.</summary>
    /// <param name="asked">Which locks of the manifest are asked; <c>None</c> when whoever asks may take locked ones.</param>
    /// <returns>Null when there is no such manifest.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the repository, the manifest or one of its tags is locked; or the guard's.</exception>
    public static DeletedManifest? Delete(DbConnection db, PolicyGuard guard, Repository repository, Digest digest, DateTimeOffset now, ItemLocks asked = ItemLocks.Delete)
    {
        var key = new { repository.Id, digest, now };
        if (FindSize(db, repository.Id, digest) is not { } row)
            return null;
        RepositoryRows.RefuseOrTouch(db, repository, ItemLocks.Delete, now);
        RefuseDeletion(db, guard, repository.Id, digest, row, asked);
        if (guard.KeepsDeleted)
            BinIntake.Keep(db, repository, digest, now);
        else
            BinRemoval.ForgetTags(db, repository, digest);
        var tags = TagRows.DeleteOf(db, repository.Id, digest);
        UntaggedTimes.LostHolder(db, repository.Id, digest, now);
        db.Execute(
            """
            INSERT INTO review (repository_id, digest, review_after)
                SELECT e.repository_id, e.target, @now FROM manifest_edge e
                WHERE e.repository_id = @Id AND e.manifest_digest = @digest AND e.kind IN (0, 1)
                  AND EXISTS (SELECT 1 FROM blob_link l WHERE l.repository_id = e.repository_id AND l.digest = e.target)
                ON CONFLICT (repository_id, digest) DO NOTHING;
            DELETE FROM manifest WHERE repository_id = @Id AND digest = @digest;
            """,
            key);
        return new DeletedManifest(row.MediaType, tags, WasLast: AddUsage(db, repository, -row.SizeBytes, count: -1, ofRegistry: guard.KeepsDeleted ? 0 : -row.SizeBytes) == 0);
    }

    /// <summary>Refuses what <see cref="Delete"/> would refuse about the manifest and its tags.</summary>
    public static void RefuseDeletion(DbConnection db, PolicyGuard guard, Guid repositoryId, Digest digest, ManifestSizeRow row, ItemLocks asked = ItemLocks.Delete)
    {
        Locked.Refuse(row.Locks, asked, "manifest", digest.Value);
        guard.Remove(digest.Value, row.SignatureKind);
        TagRows.RefuseDeletionOf(db, guard, repositoryId, digest);
    }

    /// <returns>Null when there is no such manifest.</returns>
    public static ManifestSizeRow? FindSize(DbConnection db, Guid repositoryId, Digest digest) => db.QueryFirstOrDefault<ManifestSizeRow>(
        $"SELECT size_bytes, media_type, {ItemLockColumns.Value} AS locks, COALESCE(signature_kind, 0) AS signature_kind FROM manifest WHERE repository_id = @repositoryId AND digest = @digest",
        new { repositoryId, digest });

    public static async Task<ManifestBodyRow?> FindBodyAsync(DbConnection db, Guid repositoryId, Digest digest) =>
        await db.QueryFirstOrDefaultAsync<ManifestBodyRow>(
            $"SELECT media_type, body_id, epoch, body, {ItemLockColumns.Value} AS locks FROM manifest WHERE repository_id = @repositoryId AND digest = @digest",
            new { repositoryId, digest });

    /// <returns>False: it was there.</returns>
    private static bool Touch(DbConnection db, NewManifest manifest, DateTimeOffset now)
    {
        // What is under an older root key is replaced while the whole body is at hand: it may be damaged, and would keep that key.
        var locks = db.ExecuteScalar<long>(
            $"""
            UPDATE manifest SET updated_at = @now, pushed_at = @now, signature_kind = @Kind, untagged_at = CASE WHEN untagged_at IS NULL THEN NULL ELSE @now END,
                body = CASE WHEN epoch < @Epoch THEN @Bytes ELSE body END, body_id = CASE WHEN epoch < @Epoch THEN @BodyId ELSE body_id END, epoch = MAX(epoch, @Epoch)
            WHERE repository_id = @Id AND digest = @Digest RETURNING {ItemLockColumns.Value}
            """,
            new { manifest.Repository.Id, manifest.Digest, Kind = (int)manifest.Parsed.Signature.Kind, now, manifest.Body.Epoch, manifest.Body.Bytes, BodyId = manifest.Body.Id });
        Locked.Refuse((ItemLocks)locks, ItemLocks.Write, "manifest", manifest.Digest.Value);
        return false;
    }

    private static void InsertEdge(DbConnection db, NewManifest manifest, ManifestEdge edge) => db.Execute(
        """
        INSERT INTO manifest_edge (repository_id, manifest_digest, kind, target, required) VALUES (@Id, @Digest, @Kind, @Target, @Required)
            ON CONFLICT DO NOTHING
        """,
        new { manifest.Repository.Id, manifest.Digest, Kind = (int)edge.Kind, edge.Target, Required = edge.MustExist ? 1 : 0 });

    /// <param name="ofRegistry">Bytes that the registry has more: what is in its recycle bin counts for it.</param>
    /// <returns>How many manifests the repository has now.</returns>
    private static long AddUsage(DbConnection db, Repository repository, long sizeBytes, int count, long ofRegistry) => db.ExecuteScalar<long>(
        """
        UPDATE registry SET size_bytes = size_bytes + @ofRegistry WHERE id = @RegistryId;
        UPDATE repository SET size_bytes = size_bytes + @sizeBytes, manifest_count = manifest_count + @count WHERE id = @Id RETURNING manifest_count;
        """,
        new { sizeBytes, count, ofRegistry, repository.Id, repository.RegistryId });
}
