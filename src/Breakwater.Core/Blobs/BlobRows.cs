using System.Data.Common;
using Breakwater.Core.Keys;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>The statements that change links and objects. Each keeps the usage figures exact in the same transaction.</summary>
internal static class BlobRows
{
    /// <summary>Links <paramref name="digest"/> to a repository; the object exists.</summary>
    public static void Link(DbConnection db, Guid repositoryId, Digest digest, ObjectRow item, DateTimeOffset now)
    {
        var added = db.Execute(
            "INSERT INTO blob_link (repository_id, digest, object_id, created_at) VALUES (@repositoryId, @digest, @Id, @now) ON CONFLICT DO NOTHING",
            new { repositoryId, digest, item.Id, now });
        if (added == 0)
            return;
        AddUsage(db, repositoryId, item.SizeBytes);
        AddShared(db, repositoryId, item.Id, item.SizeBytes);
    }

    /// <summary>The registry's live object of a digest.</summary>
    public static ObjectRow? Find(DbConnection db, Guid registryId, Digest digest) => db.QueryFirstOrDefault<ObjectRow>(
        """
        SELECT id, epoch, size_bytes, EXISTS (SELECT 1 FROM damaged_object d WHERE d.object_id = o.id) AS is_damaged
        FROM object o WHERE registry_id = @registryId AND digest = @digest
        """,
        new { registryId, digest });

    /// <summary>The cache keys of everything that links an object.</summary>
    public static IReadOnlyList<BlobKey> LinksOf(DbConnection db, Guid objectId) =>
        [.. db.Query<(string RepositoryId, string Digest)>("SELECT repository_id, digest FROM blob_link WHERE object_id = @objectId", new { objectId })
            .Select(link => new BlobKey(Guid.ParseExact(link.RepositoryId, "N"), link.Digest))];

    public static bool IsReferenced(DbConnection db, Guid repositoryId, Digest digest) => db.ExecuteScalar<long>(
        "SELECT EXISTS (SELECT 1 FROM manifest_edge WHERE repository_id = @repositoryId AND target = @digest AND kind IN (0, 1))",
        new { repositoryId, digest }) != 0;

    public static bool IsLinked(DbConnection db, Guid repositoryId, Digest digest) => db.ExecuteScalar<long>(
        "SELECT EXISTS (SELECT 1 FROM blob_link WHERE repository_id = @repositoryId AND digest = @digest)", new { repositoryId, digest }) != 0;

    /// <summary>Adds the object of a new content.</summary>
    /// <exception cref="OciException"><c>Unavailable</c>: the root key was replaced since it was sealed.</exception>
    public static ObjectRow Add(DbConnection db, Guid registryId, Digest digest, IReadOnlyList<UploadRun> parts, DateTimeOffset now)
    {
        foreach (var epoch in parts.Select(part => part.Epoch).Distinct())
            RootKeyRows.DemandOpen(db, registryId, epoch);
        var item = new ObjectRow { Id = parts[0].ObjectId, Epoch = parts[0].Epoch, SizeBytes = parts.Sum(part => part.SizeBytes) };
        db.Execute(
            "INSERT INTO object (id, registry_id, digest, size_bytes, epoch, created_at) VALUES (@Id, @registryId, @digest, @SizeBytes, @Epoch, @now)",
            new { item.Id, registryId, digest, item.SizeBytes, item.Epoch, now });
        for (var sequence = 1; sequence < parts.Count; sequence++)
        {
            db.Execute(
                "INSERT INTO object_part (object_id, sequence, part_id, epoch, size_bytes) VALUES (@Id, @sequence, @ObjectId, @Epoch, @SizeBytes)",
                new { item.Id, sequence, parts[sequence].ObjectId, parts[sequence].Epoch, parts[sequence].SizeBytes });
        }
        db.Execute("UPDATE registry SET size_bytes = size_bytes + @SizeBytes WHERE id = @registryId", new { item.SizeBytes, registryId });
        return item;
    }

    /// <summary>Puts a new copy of a content in the place of one that is damaged, or under an old key.</summary>
    /// <param name="keep">How much longer than usual the files of the old one stay.</param>
    public static ObjectRow Replace(DbConnection db, Guid registryId, Digest digest, ObjectRow old, IReadOnlyList<UploadRun> parts, DateTimeOffset now, TimeSpan keep = default)
    {
        // A digest has one live object: the old one gives the name up first.
        db.Execute("UPDATE object SET digest = 'replaced ' || id WHERE id = @Id", new { old.Id });
        var item = Add(db, registryId, digest, parts, now);
        db.Execute(
            "UPDATE blob_link SET object_id = @New WHERE object_id = @Old; UPDATE deleted_manifest_edge SET object_id = @New WHERE object_id = @Old;",
            new { New = item.Id, Old = old.Id });
        DropIfUnheld(db, old.Id, now + keep);
        return item;
    }

    /// <summary>Removes the link, its lease and its review; the object too when nothing else holds it. Its file follows later.</summary>
    public static bool Unlink(DbConnection db, Guid repositoryId, Digest digest, DateTimeOffset now)
    {
        var item = db.QueryFirstOrDefault<ObjectRow>(
            """
            SELECT o.id, o.epoch, o.size_bytes FROM blob_link l JOIN object o ON o.id = l.object_id
            WHERE l.repository_id = @repositoryId AND l.digest = @digest
            """,
            new { repositoryId, digest });
        if (item is null)
            return false;
        db.Execute(
            """
            DELETE FROM blob_link WHERE repository_id = @repositoryId AND digest = @digest;
            DELETE FROM lease WHERE repository_id = @repositoryId AND digest = @digest;
            DELETE FROM review WHERE repository_id = @repositoryId AND digest = @digest;
            """,
            new { repositoryId, digest });
        AddUsage(db, repositoryId, -item.SizeBytes);
        AddShared(db, repositoryId, item.Id, -item.SizeBytes);
        DropIfUnheld(db, item.Id, now);
        return true;
    }

    /// <summary>Leaves a file to the file remover, unless it is a live object's.</summary>
    public static void Discard(DbConnection db, Guid objectId, DateTimeOffset now) =>
        db.Execute(
            """
            INSERT INTO discarded_object (id, discarded_at) SELECT @objectId, @now
                WHERE NOT EXISTS (SELECT 1 FROM object WHERE id = @objectId) AND NOT EXISTS (SELECT 1 FROM object_part WHERE part_id = @objectId)
                ON CONFLICT DO NOTHING
            """,
            new { objectId, now });

    public static bool IsDiscarded(DbConnection db, Guid objectId) =>
        db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM discarded_object WHERE id = @objectId)", new { objectId }) != 0;

    /// <summary>Removes the row of an object that no repository links and no manifest of a recycle bin keeps. Its file follows later.</summary>
    public static void DropIfUnheld(DbConnection db, Guid objectId, DateTimeOffset now)
    {
        const string IsHeld = "SELECT EXISTS (SELECT 1 FROM blob_link WHERE object_id = @objectId) OR EXISTS (SELECT 1 FROM deleted_manifest_edge WHERE object_id = @objectId)";
        if (db.ExecuteScalar<long>(IsHeld, new { objectId }) != 0)
            return;
        db.Execute(
            """
            UPDATE registry SET size_bytes = size_bytes - (SELECT size_bytes FROM object WHERE id = @objectId) WHERE id = (SELECT registry_id FROM object WHERE id = @objectId);
            INSERT INTO discarded_object (id, discarded_at) SELECT part_id, @now FROM object_part WHERE object_id = @objectId;
            DELETE FROM object WHERE id = @objectId;
            """,
            new { objectId, now });
        Discard(db, objectId, now);
    }

    private static void AddUsage(DbConnection db, Guid repositoryId, long sizeBytes) =>
        db.Execute("UPDATE repository SET size_bytes = size_bytes + @sizeBytes WHERE id = @repositoryId", new { sizeBytes, repositoryId });

    /// <summary>After a repository's link came or went: shared is what at least two link, so the one other that links it shares from now on, or not any more.</summary>
    private static void AddShared(DbConnection db, Guid repositoryId, Guid objectId, long sizeBytes)
    {
        var others = db.Query<string>("SELECT repository_id FROM blob_link WHERE object_id = @objectId AND repository_id <> @repositoryId LIMIT 2", new { objectId, repositoryId }).AsList();
        if (others.Count > 0)
            AddShared(db, repositoryId.ToString("N"), sizeBytes);
        if (others is [var other])
            AddShared(db, other, sizeBytes);
    }

    private static void AddShared(DbConnection db, string repositoryId, long sizeBytes) =>
        db.Execute("UPDATE repository SET shared_bytes = shared_bytes + @sizeBytes WHERE id = @repositoryId", new { sizeBytes, repositoryId });
}
