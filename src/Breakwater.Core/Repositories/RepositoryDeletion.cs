using System.Data.Common;
using Breakwater.Core.Policies;
using Breakwater.Core.SoftDelete;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Repositories;

/// <summary>The transaction that removes a repository with all that it holds, or nothing of it; into the recycle bin where the registry has one.</summary>
internal static class RepositoryDeletion
{
    // Objects that nothing else holds: no other repository, no manifest in the recycle bin. They go at once: without a link no review would find them.
    private const string Alone =
        """
        SELECT l.object_id FROM blob_link l WHERE l.repository_id = @Id
            AND NOT EXISTS (SELECT 1 FROM blob_link other WHERE other.object_id = l.object_id AND other.repository_id <> @Id)
            AND NOT EXISTS (SELECT 1 FROM deleted_manifest_edge kept WHERE kept.object_id = l.object_id)
        """;

    /// <exception cref="Oci.OciException"><c>OperationDisallowed</c>: the repository, or one of its tags or manifests, is locked; or the guard's.</exception>
    public static DeletedRepository Run(DbConnection db, PolicyGuard guard, Repository repository, DateTimeOffset now)
    {
        Refuse(db, guard, repository);
        if (guard.KeepsDeleted)
            BinIntake.Keep(db, repository, now);
        BinIntake.KeepAttributes(db, repository);
        return Remove(db, repository, now, keepsManifests: guard.KeepsDeleted);
    }

    /// <summary>The same without a look at locks and policies: for what goes with its registry.</summary>
    /// <param name="keepsManifests">Whether the recycle bin has them: their bytes go on to count for the registry.</param>
    public static DeletedRepository Remove(DbConnection db, Repository repository, DateTimeOffset now, bool keepsManifests = false)
    {
        var key = new { repository.Id, repository.RegistryId, now, keepsManifests };
        var tags = db.Query<string>("DELETE FROM tag WHERE repository_id = @Id RETURNING name", key);
        db.Execute(
            """
            UPDATE registry SET size_bytes = size_bytes - (SELECT COALESCE(SUM(m.size_bytes), 0) FROM manifest m WHERE m.repository_id = @Id)
                WHERE id = @RegistryId AND NOT @keepsManifests
            """,
            key);
        var manifests = db.Query<string>("DELETE FROM manifest WHERE repository_id = @Id RETURNING digest", key);
        EndSharing(db, key);
        DeleteBlobs(db, key);
        DeleteUploads(db, key);
        db.Execute("DELETE FROM repository WHERE id = @Id", key);
        BinRemoval.ForgetTags(db, repository);
        return new DeletedRepository([.. manifests.Order(StringComparer.Ordinal)], [.. tags.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Refuses what <see cref="Run"/> would refuse.</summary>
    /// <exception cref="Oci.OciException"><c>OperationDisallowed</c>, <c>NameUnknown</c> when it was deleted meanwhile, or the guard's.</exception>
    public static void Refuse(DbConnection db, PolicyGuard guard, Repository repository)
    {
        RepositoryRows.Refuse(db, repository, ItemLocks.Delete);
        var key = new { repository.Id };
        RefuseIfAny(db, "tag", $"SELECT name FROM tag WHERE repository_id = @Id AND {ItemLockColumns.ForbidsDeletion} LIMIT 1", key);
        RefuseIfAny(db, "manifest", $"SELECT digest FROM manifest WHERE repository_id = @Id AND {ItemLockColumns.ForbidsDeletion} LIMIT 1", key);
        RefuseByPolicy(db, guard, key);
    }

    private static void RefuseIfAny(DbConnection db, string kind, string locked, object key)
    {
        if (db.QueryFirstOrDefault<string>(locked, key) is { } name)
            Locked.Refuse(ItemLocks.Delete, ItemLocks.Delete, kind, name);
    }

    // A repository goes whole or stays whole: one signature in it is enough.
    private static void RefuseByPolicy(DbConnection db, PolicyGuard guard, object key)
    {
        if (guard.IsIdle)
            return;
        foreach (var tag in db.Query<string>("SELECT name FROM tag WHERE repository_id = @Id", key))
            guard.Remove(TagName.Parse(tag), SignatureKind.None);
        foreach (var kind in Enum.GetValues<SignatureKind>())
        {
            if (db.QueryFirstOrDefault<string>($"SELECT digest FROM manifest WHERE repository_id = @Id AND signature_kind = {(int)kind} LIMIT 1", key) is { } digest)
                guard.Remove(digest, kind);
        }
    }

    // What two repositories link is the other one's alone from now on.
    private static void EndSharing(DbConnection db, object key)
    {
        var others = db.Query<(string Id, long Bytes)>(
            """
            SELECT theirs.repository_id, SUM(o.size_bytes) FROM (
                SELECT m.object_id FROM blob_link m WHERE m.repository_id = @Id
                    AND (SELECT COUNT(*) FROM (SELECT 1 FROM blob_link l WHERE l.object_id = m.object_id LIMIT 3)) = 2) pair
            JOIN object o ON o.id = pair.object_id
            JOIN blob_link theirs ON theirs.object_id = pair.object_id AND theirs.repository_id <> @Id GROUP BY theirs.repository_id
            """,
            key).AsList();
        foreach (var (id, bytes) in others)
            db.Execute("UPDATE repository SET shared_bytes = shared_bytes - @bytes WHERE id = @id", new { id, bytes });
    }

    // What is both an object and discarded, and has no link, is what the third statement has just added.
    private static void DeleteBlobs(DbConnection db, object key) => db.Execute(
        $"""
        UPDATE registry SET size_bytes = size_bytes - (SELECT COALESCE(SUM(o.size_bytes), 0) FROM object o WHERE o.id IN ({Alone})) WHERE id = @RegistryId;
        INSERT INTO discarded_object (id, discarded_at) SELECT p.part_id, @now FROM object_part p WHERE p.object_id IN ({Alone});
        INSERT INTO discarded_object (id, discarded_at) SELECT o.id, @now FROM object o WHERE o.id IN ({Alone});
        DELETE FROM lease WHERE repository_id = @Id;
        DELETE FROM review WHERE repository_id = @Id;
        DELETE FROM blob_link WHERE repository_id = @Id;
        DELETE FROM object WHERE id IN (SELECT d.id FROM discarded_object d) AND NOT EXISTS (SELECT 1 FROM blob_link l WHERE l.object_id = object.id);
        """,
        key);

    // Requests that hold one of them in memory find it ended when they come to the database.
    private static void DeleteUploads(DbConnection db, object key) => db.Execute(
        """
        INSERT INTO discarded_object (id, discarded_at)
            SELECT r.object_id, @now FROM upload_run r JOIN upload u ON u.id = r.upload_id WHERE u.repository_id = @Id ON CONFLICT DO NOTHING;
        DELETE FROM upload WHERE repository_id = @Id;
        """,
        key);
}
