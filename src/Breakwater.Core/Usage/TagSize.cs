using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Breakwater.Core.Usage;

/// <summary>Bytes of a tag: of the manifest that it means, of those that an index names, and of their blobs, each once.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="UniqueBytes">What nothing else holds, in the repository or in another one: so much becomes free when the tag goes with what it means.</param>
public sealed record TagSize(long Bytes, long UniqueBytes)
{
    // Far beyond images for all platforms that there are; the rest is for those who try.
    internal const int MaxManifests = 1_000, MaxBlobs = 20_000;

    // What the manifests name, the same thing as often as it is named: so much is looked at, however little of it is there.
    internal const int MaxEdges = 100_000;

    public long SharedBytes => Bytes - UniqueBytes;

    /// <summary>Counts over the edges, at one moment. What a manifest names never changes, so that what was found before is still what the tag holds, but for what is gone.</summary>
    /// <returns>Null when the tag holds or names more than is counted.</returns>
    internal static TagSize? Read(DbConnection db, Guid repositoryId, string tag, string digest)
    {
        if (Find(db, repositoryId, digest) is not { } closure)
            return null;
        var row = db.QueryFirst<Row>(Sql, new { repositoryId, tag, found = JsonSerializer.Serialize(closure), MaxBlobs });
        return row.Blobs > MaxBlobs ? null : new TagSize(row.Bytes, row.UniqueBytes);
    }

    /// <summary>The manifest and those that indexes name from there on. One after the other, because a statement cannot end by how much it has looked at.</summary>
    private static List<string>? Find(DbConnection db, Guid repositoryId, string digest)
    {
        var (found, seen, left) = (new List<string> { digest }, new HashSet<string> { digest }, MaxEdges);
        for (var i = 0; i < found.Count; i++)
        {
            var at = new { repositoryId, digest = found[i], most = left + 1 };
            left -= db.ExecuteScalar<int>("SELECT COUNT(*) FROM (SELECT 1 FROM manifest_edge WHERE repository_id = @repositoryId AND manifest_digest = @digest LIMIT @most)", at);
            if (left < 0)
                return null;
            found.AddRange(db.Query<string>(Children, at).Where(seen.Add));
            if (found.Count > MaxManifests)
                return null;
        }
        return found;
    }

    private const string Children =
        """
        SELECT m.digest FROM manifest_edge e JOIN manifest m ON m.repository_id = e.repository_id AND m.digest = e.target
        WHERE e.repository_id = @repositoryId AND e.manifest_digest = @digest AND e.kind = 2
        """;

    // "closure": what was found. "held": what another tag means, or an index that is not of this tag names, and all that follows from it. What is left of the closure is "own".
    // A blob is the tag's alone when every manifest that has it is own, and no other repository links it.
    internal const string Sql =
        """
        WITH RECURSIVE
        closure (digest) AS MATERIALIZED (SELECT value FROM json_each(@found)),
        held (digest) AS (
            SELECT c.digest FROM closure c
                WHERE EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = @repositoryId AND t.manifest_digest = c.digest AND t.name <> @tag)
                   OR EXISTS (SELECT 1 FROM manifest_edge p WHERE p.repository_id = @repositoryId AND p.target = c.digest AND p.kind = 2
                        AND p.manifest_digest NOT IN (SELECT digest FROM closure))
            UNION
            SELECT e.target FROM held h
                JOIN manifest_edge e ON e.repository_id = @repositoryId AND e.manifest_digest = h.digest AND e.kind = 2
                WHERE e.target IN (SELECT digest FROM closure)),
        own (digest) AS (SELECT digest FROM closure EXCEPT SELECT digest FROM held),
        part (digest, size_bytes) AS (
            SELECT m.digest, m.size_bytes FROM closure c JOIN manifest m ON m.repository_id = @repositoryId AND m.digest = c.digest),
        blob (digest, object_id) AS (
            SELECT DISTINCT l.digest, l.object_id FROM closure c
                JOIN manifest_edge e ON e.repository_id = @repositoryId AND e.manifest_digest = c.digest AND e.kind IN (0, 1)
                JOIN blob_link l ON l.repository_id = @repositoryId AND l.digest = e.target
            LIMIT @MaxBlobs + 1),
        sized (size_bytes, is_own) AS (
            SELECT o.size_bytes,
                NOT EXISTS (SELECT 1 FROM manifest_edge x WHERE x.repository_id = @repositoryId AND x.target = b.digest AND x.kind IN (0, 1)
                    AND x.manifest_digest NOT IN (SELECT digest FROM own))
                AND NOT EXISTS (SELECT 1 FROM blob_link other WHERE other.object_id = b.object_id AND other.repository_id <> @repositoryId)
            FROM blob b JOIN object o ON o.id = b.object_id)
        SELECT (SELECT COUNT(*) FROM blob) AS blobs,
            (SELECT COALESCE(SUM(size_bytes), 0) FROM part) + (SELECT COALESCE(SUM(size_bytes), 0) FROM sized) AS bytes,
            (SELECT COALESCE(SUM(size_bytes), 0) FROM part WHERE digest IN (SELECT digest FROM own))
                + (SELECT COALESCE(SUM(size_bytes), 0) FROM sized WHERE is_own) AS unique_bytes
        """;

    private sealed record Row
    {
        public long Blobs { get; init; }
        public long Bytes { get; init; }
        public long UniqueBytes { get; init; }
    }
}
