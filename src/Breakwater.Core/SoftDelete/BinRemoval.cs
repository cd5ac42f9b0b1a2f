using System.Data.Common;
using Breakwater.Core.Blobs;
using Breakwater.Core.Repositories;
using Breakwater.Core.Retention;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>The statements that take something out of the recycle bin for good. Each keeps the usage figures exact in the same transaction.</summary>
internal static class BinRemoval
{
    // One transaction behind which other writers wait.
    private const int Batch = 100;

    private const string Due = "registry_id = @registryId AND deleted_at <= @at AND (@repository IS NULL OR repository = @repository)";

    /// <summary>Removes a manifest; the objects that only it kept lose their rows too.</summary>
    /// <param name="withTags">Its deleted tags go too: it is nowhere any more. Otherwise it is there again, and they can be restored still.</param>
    public static void Remove(DbConnection db, BinKey key, bool withTags, DateTimeOffset now)
    {
        var objects = db.Query<string>($"SELECT DISTINCT object_id FROM deleted_manifest_edge WHERE {BinKey.OfEdges} AND object_id IS NOT NULL", key).AsList();
        db.Execute(
            $"""
            UPDATE registry SET size_bytes = size_bytes - (SELECT size_bytes FROM deleted_manifest WHERE {BinKey.OfManifest}) WHERE id = @RegistryId;
            DELETE FROM deleted_manifest WHERE {BinKey.OfManifest};
            """,
            key);
        if (withTags)
            db.Execute($"DELETE FROM deleted_tag WHERE {BinKey.OfManifest}", key);
        foreach (var id in objects)
            BlobRows.DropIfUnheld(db, Guid.ParseExact(id, "N"), now);
        ForgetRepository(db, key);
    }

    /// <summary>After a tag was set: the bin need not have it.</summary>
    public static void ForgetTag(DbConnection db, Repository repository, TagName tag, Digest digest) => db.Execute(
        $"DELETE FROM deleted_tag WHERE {BinKey.OfManifest} AND name = @tag", With(BinKey.Of(repository, digest.Value), tag));

    /// <summary>After a manifest was deleted for good: nothing can have its tags any more.</summary>
    public static void ForgetTags(DbConnection db, Repository repository, Digest digest) =>
        db.Execute($"DELETE FROM deleted_tag WHERE {BinKey.OfManifest}", BinKey.Of(repository, digest.Value));

    /// <summary>After a repository was deleted: tags of what is nowhere any more go, those of what is in the bin stay.</summary>
    public static void ForgetTags(DbConnection db, Repository repository) => db.Execute(
        """
        DELETE FROM deleted_tag WHERE registry_id = @RegistryId AND repository = @Repository AND NOT EXISTS (
            SELECT 1 FROM deleted_manifest m WHERE m.registry_id = deleted_tag.registry_id AND m.repository = deleted_tag.repository AND m.digest = deleted_tag.digest)
        """,
        BinKey.Of(repository, ""));

    /// <summary>Some of what was deleted at <paramref name="at"/> or earlier, the oldest first: manifests, and then tags whose manifest is still there or went to the bin later.</summary>
    /// <param name="repository">Null: of the whole registry.</param>
    /// <returns>What is gone, as many as <paramref name="limit"/> if there is more. Tags that go with their manifest are not told.</returns>
    public static List<PurgedItem> RemoveDue(DbConnection db, Guid registryId, string? repository, DateTimeOffset at, int limit, DateTimeOffset now)
    {
        var key = new { registryId, repository, at, limit };
        var gone = new List<PurgedItem>();
        foreach (var (name, digest) in db.Query<(string, string)>($"SELECT repository, digest FROM deleted_manifest WHERE {Due} ORDER BY deleted_at LIMIT @limit", key).AsList())
        {
            Remove(db, new BinKey(registryId, Guid.Empty, name, digest), withTags: true, now);
            gone.Add(new PurgedItem(name, null, digest));
        }
        if (gone.Count < limit)
        {
            gone.AddRange(db.Query<(string Repository, string Tag, string Digest)>(
                $"DELETE FROM deleted_tag WHERE sequence IN (SELECT sequence FROM deleted_tag WHERE {Due} ORDER BY deleted_at LIMIT @left) RETURNING repository, name, digest",
                new { registryId, repository, at, left = limit - gone.Count }).Select(row => new PurgedItem(row.Repository, row.Tag, row.Digest)));
        }
        return gone;
    }

    /// <summary>How much <see cref="RemoveDue"/> would remove in the end.</summary>
    public static (long Manifests, long Tags) CountDue(DbConnection db, Guid registryId, string? repository, DateTimeOffset at)
    {
        var key = new { registryId, repository, at };
        const string InBin = "SELECT 1 FROM deleted_manifest m WHERE m.registry_id = t.registry_id AND m.repository = t.repository AND m.digest = t.digest AND m.deleted_at <= @at";
        return (
            db.ExecuteScalar<long>($"SELECT COUNT(*) FROM deleted_manifest WHERE {Due}", key),
            db.ExecuteScalar<long>($"SELECT COUNT(*) FROM deleted_tag t WHERE {Due} AND NOT EXISTS ({InBin})", key));
    }

    /// <summary>Some of what the bin of a registry holds that is being erased.</summary>
    /// <returns>False when nothing is left.</returns>
    public static bool RemoveSome(DbConnection db, Guid registryId, DateTimeOffset now)
    {
        var found = db.Query<(string Repository, string Digest)>(
            "SELECT m.repository, m.digest FROM deleted_manifest m JOIN registry r ON r.id = m.registry_id WHERE r.id = @registryId AND r.erasing = 1 LIMIT @Batch", new { registryId, Batch }).AsList();
        foreach (var (repository, digest) in found)
            Remove(db, new BinKey(registryId, Guid.Empty, repository, digest), withTags: true, now);
        if (found.Count == 0)
            db.Execute("DELETE FROM deleted_tag WHERE registry_id = (SELECT id FROM registry WHERE id = @registryId AND erasing = 1)", new { registryId });
        return found.Count > 0;
    }

    // Without anything to restore its attributes are those of nothing.
    private static void ForgetRepository(DbConnection db, BinKey key) => db.Execute(
        """
        DELETE FROM deleted_repository WHERE registry_id = @RegistryId AND name = @Repository
            AND NOT EXISTS (SELECT 1 FROM deleted_manifest m WHERE m.registry_id = @RegistryId AND m.repository = @Repository)
        """,
        key);

    private static DynamicParameters With(BinKey key, TagName tag)
    {
        var parameters = new DynamicParameters(key);
        parameters.Add("tag", tag.Value);
        return parameters;
    }
}
