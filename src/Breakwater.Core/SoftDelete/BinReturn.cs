using System.Data.Common;
using Breakwater.Core.Blobs;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>The statements by which a manifest comes back from the recycle bin: restored, or pushed anew.</summary>
internal static class BinReturn
{
    private const string Locks = "write_enabled, delete_enabled, read_enabled, list_enabled";

    /// <summary>Blobs that the bin keeps for a manifest and that the repository does not link now.</summary>
    public static IReadOnlyList<KeptBlob> Unlinked(DbConnection db, BinKey key) => db.Query<KeptBlob>(
        $"""
        SELECT DISTINCT e.target AS digest, o.id, o.epoch, o.size_bytes FROM deleted_manifest_edge e JOIN object o ON o.id = e.object_id
        WHERE e.{BinKey.OfEdges} AND NOT EXISTS (SELECT 1 FROM blob_link l WHERE l.repository_id = @Id AND l.digest = e.target)
        """,
        key).AsList();

    public static void Link(DbConnection db, BinKey key, IEnumerable<KeptBlob> blobs, DateTimeOffset now)
    {
        foreach (var blob in blobs)
            BlobRows.Link(db, key.Id, Digest.Parse(blob.Digest), new ObjectRow { Id = blob.Id, Epoch = blob.Epoch, SizeBytes = blob.SizeBytes }, now);
    }

    /// <summary>Moves a manifest back with its blobs and without tags. It counts as changed now: a purge by age is not to take it at once.</summary>
    public static void Restore(DbConnection db, BinKey key, DateTimeOffset now)
    {
        Link(db, key, Unlinked(db, key), now);
        var parameters = new DynamicParameters(key);
        parameters.Add("now", now.ToUnixTimeMilliseconds());
        db.Execute(
            $"""
            INSERT INTO manifest (repository_id, digest, media_type, artifact_type, config_media_type, subject, size_bytes, epoch, body, body_id, signature_kind,
                    created_at, updated_at, untagged_at, {Locks})
                SELECT @Id, digest, media_type, artifact_type, config_media_type, subject, size_bytes, epoch, body, body_id, signature_kind,
                    created_at, @now, CASE WHEN untagged_at IS NULL THEN NULL ELSE @now END, {Locks}
                FROM deleted_manifest WHERE {BinKey.OfManifest};
            INSERT INTO manifest_edge (repository_id, manifest_digest, kind, target, required)
                SELECT @Id, manifest_digest, kind, target, required FROM deleted_manifest_edge WHERE {BinKey.OfEdges};
            UPDATE repository SET manifest_count = manifest_count + 1, size_bytes = size_bytes + (SELECT size_bytes FROM deleted_manifest WHERE {BinKey.OfManifest}) WHERE id = @Id;
            UPDATE registry SET size_bytes = size_bytes + (SELECT size_bytes FROM deleted_manifest WHERE {BinKey.OfManifest}) WHERE id = @RegistryId;
            """,
            parameters);
        BinRemoval.Remove(db, key, withTags: false, now);
    }

    /// <summary>
    /// A manifest was pushed: if the bin had it, it is back, with the attributes that it had. Its deleted tags stay where they are. Nothing is lost by it:
    /// the push was refused if the repository lacked a blob that the bin kept.
    /// </summary>
    public static void Revive(DbConnection db, Repository repository, Digest digest, DateTimeOffset now)
    {
        var key = BinKey.Of(repository, digest.Value);
        if (db.ExecuteScalar<long>($"SELECT EXISTS (SELECT 1 FROM deleted_manifest WHERE {BinKey.OfManifest})", key) == 0)
            return;
        db.Execute(
            $"""
            UPDATE manifest SET ({Locks}) = (SELECT {Locks} FROM deleted_manifest WHERE {BinKey.OfManifest}) WHERE repository_id = @Id AND digest = @Digest
            """,
            key);
        BinRemoval.Remove(db, key, withTags: false, now);
    }
}
