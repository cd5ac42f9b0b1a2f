using System.Data.Common;
using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tags;

/// <summary>The statements that change tags.</summary>
internal static class TagRows
{
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the tag is there and locked, or what it means is; or the guard's.</exception>
    public static void Set(DbConnection db, PolicyGuard guard, Guid repositoryId, TagName tag, Digest digest, DateTimeOffset now)
    {
        if (Refuse(db, repositoryId, tag, ItemLocks.Write) is { } before && before.Digest != digest.Value)
            guard.Move(tag, before);
        db.Execute(
            """
            INSERT INTO tag (repository_id, name, manifest_digest, created_at, updated_at) VALUES (@repositoryId, @name, @digest, @now, @now)
                ON CONFLICT (repository_id, name) DO UPDATE SET manifest_digest = excluded.manifest_digest, updated_at = excluded.updated_at
            """,
            new { repositoryId, name = tag.Value, digest, now });
    }

    /// <returns>The digest that it meant; null when there is no such tag.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>, or the guard's.</exception>
    public static Digest? Delete(DbConnection db, PolicyGuard guard, Repository repository, TagName tag, DateTimeOffset now)
    {
        if (Refuse(db, repository.Id, tag, ItemLocks.Delete) is not { } before)
            return null;
        guard.Remove(tag, before.SignatureKind);
        RepositoryRows.RefuseOrTouch(db, repository, ItemLocks.Delete, now);
        db.Execute("DELETE FROM tag WHERE repository_id = @Id AND name = @name", new { repository.Id, name = tag.Value });
        return Digest.Parse(before.Digest);
    }

    /// <summary>Removes the tags of a manifest and returns their names.</summary>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: one of them is locked; or the guard's.</exception>
    public static IReadOnlyList<string> DeleteOf(DbConnection db, PolicyGuard guard, Guid repositoryId, Digest digest)
    {
        var key = new { repositoryId, digest };
        var locked = db.QueryFirstOrDefault<string>(
            $"SELECT name FROM tag WHERE repository_id = @repositoryId AND manifest_digest = @digest AND {ItemLockColumns.ForbidsDeletion}", key);
        if (locked is not null)
            Locked.Refuse(ItemLocks.Delete, ItemLocks.Delete, "tag", locked);
        var tags = db.Query<string>("DELETE FROM tag WHERE repository_id = @repositoryId AND manifest_digest = @digest RETURNING name", key).AsList();
        // An exception takes the deletion back.
        foreach (var tag in tags)
            guard.Remove(TagName.Parse(tag), SignatureKind.None);
        return tags;
    }

    /// <returns>What the tag means; null when there is none.</returns>
    private static TagLockRow? Refuse(DbConnection db, Guid repositoryId, TagName tag, ItemLocks operation)
    {
        var row = db.QueryFirstOrDefault<TagLockRow>(
            $"""
            SELECT manifest_digest AS digest, {ItemLockColumns.Value} AS locks,
                (SELECT {ItemLockColumns.Value} FROM manifest m WHERE m.repository_id = t.repository_id AND m.digest = t.manifest_digest) AS manifest_locks,
                (SELECT COALESCE(signature_kind, 0) FROM manifest m WHERE m.repository_id = t.repository_id AND m.digest = t.manifest_digest) AS signature_kind
            FROM tag t WHERE repository_id = @repositoryId AND name = @name
            """,
            new { repositoryId, name = tag.Value });
        if (row is null)
            return null;
        Locked.Refuse(row.Locks, operation, "tag", tag.Value);
        Locked.Refuse(row.ManifestLocks, operation, "manifest", row.Digest);
        return row;
    }
}
