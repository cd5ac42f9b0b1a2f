using System.Data.Common;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tags;

/// <summary>The statements that change tags.</summary>
internal static class TagRows
{
    public static void Set(DbConnection db, Guid repositoryId, TagName tag, Digest digest, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO tag (repository_id, name, manifest_digest, created_at, updated_at) VALUES (@repositoryId, @name, @digest, @now, @now)
            ON CONFLICT (repository_id, name) DO UPDATE SET manifest_digest = excluded.manifest_digest, updated_at = excluded.updated_at
        """,
        new { repositoryId, name = tag.Value, digest, now });

    public static bool Delete(DbConnection db, Guid repositoryId, TagName tag) =>
        db.Execute("DELETE FROM tag WHERE repository_id = @repositoryId AND name = @name", new { repositoryId, name = tag.Value }) > 0;

    /// <summary>Removes the tags of a manifest and returns their names.</summary>
    public static IReadOnlyList<string> DeleteOf(DbConnection db, Guid repositoryId, Digest digest) => db.Query<string>(
        "DELETE FROM tag WHERE repository_id = @repositoryId AND manifest_digest = @digest RETURNING name", new { repositoryId, digest }).AsList();
}
