using System.Data.Common;
using Breakwater.Core.Manifests;
using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Core.SoftDelete;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tags;

/// <summary>The statements that change tags.</summary>
internal static class TagRows
{
    // In this form the index finds them; otherwise SQLite looks at all tags of the repository.
    private const string OfManifest = "repository_id = @repositoryId AND name IN (SELECT name FROM tag WHERE repository_id = @repositoryId AND manifest_digest = @digest)";

    /// <exception cref="OciException"><c>OperationDisallowed</c>: the tag is there and locked, or what it means is; or the guard's.</exception>
    public static void Set(DbConnection db, PolicyGuard guard, Guid repositoryId, TagName tag, Digest digest, DateTimeOffset now)
    {
        var before = RefuseLocked(db, repositoryId, tag, ItemLocks.Write);
        var isMoved = before is not null && before.Digest != digest.Value;
        if (isMoved)
            guard.Move(tag, before!);
        UntaggedTimes.Named(db, repositoryId, digest.Value);
        db.Execute(
            """
            INSERT INTO tag (repository_id, name, id, manifest_digest, created_at, updated_at, pushed_at) VALUES (@repositoryId, @name, @id, @digest, @now, @now, @now)
                ON CONFLICT (repository_id, name) DO UPDATE SET manifest_digest = excluded.manifest_digest, updated_at = excluded.updated_at, pushed_at = excluded.pushed_at
            """,
            new { repositoryId, name = tag.Value, id = Guid.NewGuid(), digest, now });
        if (before is null)
            RepositoryRows.AddTags(db, repositoryId, 1);
        if (isMoved)
            UntaggedTimes.LostTag(db, repositoryId, before!.Digest, now);
    }

    /// <param name="asked">Which locks are asked; <c>None</c> when whoever asks may take locked ones.</param>
    /// <returns>The digest that it meant; null when there is no such tag.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>, or the guard's.</exception>
    public static Digest? Delete(DbConnection db, PolicyGuard guard, Repository repository, TagName tag, DateTimeOffset now, ItemLocks asked = ItemLocks.Delete)
    {
        if (RefuseDeletion(db, guard, repository.Id, tag, asked) is not { } before)
            return null;
        RepositoryRows.RefuseOrTouch(db, repository, ItemLocks.Delete, now);
        if (guard.KeepsDeleted)
            BinIntake.Keep(db, repository, tag, now);
        db.Execute("DELETE FROM tag WHERE repository_id = @Id AND name = @name", new { repository.Id, name = tag.Value });
        RepositoryRows.AddTags(db, repository.Id, -1);
        UntaggedTimes.LostTag(db, repository.Id, before.Digest, now);
        return Digest.Parse(before.Digest);
    }

    /// <summary>Removes the tags of a manifest, after <see cref="RefuseDeletionOf"/>, and returns their names.</summary>
    public static IReadOnlyList<string> DeleteOf(DbConnection db, Guid repositoryId, Digest digest)
    {
        var deleted = db.Query<string>($"DELETE FROM tag WHERE {OfManifest} RETURNING name", new { repositoryId, digest }).AsList();
        if (deleted.Count > 0)
            RepositoryRows.AddTags(db, repositoryId, -deleted.Count);
        return deleted;
    }

    /// <summary>Refuses what <see cref="Delete"/> would refuse about the tag.</summary>
    /// <returns>What the tag means; null when there is none.</returns>
    public static TagLockRow? RefuseDeletion(DbConnection db, PolicyGuard guard, Guid repositoryId, TagName tag, ItemLocks asked = ItemLocks.Delete)
    {
        var before = RefuseLocked(db, repositoryId, tag, asked);
        if (before is not null)
            guard.Remove(tag, before.SignatureKind);
        return before;
    }

    /// <summary>Refuses to remove a manifest's tags.</summary>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: one of them is locked; or the guard's.</exception>
    public static void RefuseDeletionOf(DbConnection db, PolicyGuard guard, Guid repositoryId, Digest digest)
    {
        var key = new { repositoryId, digest };
        if (db.QueryFirstOrDefault<string>($"SELECT name FROM tag WHERE {OfManifest} AND {ItemLockColumns.ForbidsDeletion}", key) is { } locked)
            Locked.Refuse(ItemLocks.Delete, ItemLocks.Delete, "tag", locked);
        foreach (var tag in db.Query<string>($"SELECT name FROM tag WHERE {OfManifest}", key))
            guard.Remove(TagName.Parse(tag), SignatureKind.None);
    }

    /// <returns>What the tag means; null when there is none.</returns>
    public static TagLockRow? Find(DbConnection db, Guid repositoryId, TagName tag) => db.QueryFirstOrDefault<TagLockRow>(
        $"""
        SELECT manifest_digest AS digest, {ItemLockColumns.Value} AS locks,
            (SELECT {ItemLockColumns.Value} FROM manifest m WHERE m.repository_id = t.repository_id AND m.digest = t.manifest_digest) AS manifest_locks,
            (SELECT COALESCE(signature_kind, 0) FROM manifest m WHERE m.repository_id = t.repository_id AND m.digest = t.manifest_digest) AS signature_kind
        FROM tag t WHERE repository_id = @repositoryId AND name = @name
        """,
        new { repositoryId, name = tag.Value });

    /// <returns>What the tag means; null when there is none.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: it is locked, or what it means is.</exception>
    public static TagLockRow? RefuseLocked(DbConnection db, Guid repositoryId, TagName tag, ItemLocks operation)
    {
        if (Find(db, repositoryId, tag) is not { } row)
            return null;
        Locked.Refuse(row.Locks, operation, "tag", tag.Value);
        Locked.Refuse(row.ManifestLocks, operation, "manifest", row.Digest);
        return row;
    }
}
