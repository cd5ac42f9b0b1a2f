using System.Data.Common;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Manifests;

/// <summary>
/// Keeps <c>manifest.untagged_at</c>: since when nothing names a manifest. Every path that sets or takes a name away calls it, in its transaction.
/// What never had a name has no such time.
/// </summary>
internal static class UntaggedTimes
{
    private const string HasNoTag = "NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = manifest.repository_id AND t.manifest_digest = manifest.digest)";

    /// <summary>A tag is set on it.</summary>
    public static void Named(DbConnection db, Guid repositoryId, string digest) => db.Execute(
        "UPDATE manifest SET untagged_at = NULL WHERE repository_id = @repositoryId AND digest = @digest AND untagged_at IS NOT NULL", new { repositoryId, digest });

    /// <summary>A tag of it was moved or removed.</summary>
    public static void LostTag(DbConnection db, Guid repositoryId, string digest, DateTimeOffset now) => db.Execute(
        $"UPDATE manifest SET untagged_at = @now WHERE repository_id = @repositoryId AND digest = @digest AND {HasNoTag}", new { repositoryId, digest, now });

    /// <summary>
    /// Before the edges of <paramref name="holder"/> go: what it holds as an index, and what refers to it, stays without it. They were pushed by digest
    /// and never had a tag; their time begins here.
    /// </summary>
    public static void LostHolder(DbConnection db, Guid repositoryId, Digest holder, DateTimeOffset now) => db.Execute(
        $"""
        UPDATE manifest SET untagged_at = @now WHERE repository_id = @repositoryId AND {HasNoTag}
            AND digest IN (SELECT e.target FROM manifest_edge e WHERE e.repository_id = @repositoryId AND e.manifest_digest = @holder AND e.kind = 2);
        UPDATE manifest SET untagged_at = @now WHERE repository_id = @repositoryId AND {HasNoTag} AND subject = @holder;
        """,
        new { repositoryId, holder, now });
}
