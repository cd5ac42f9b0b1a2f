using System.Data.Common;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Retention;

/// <summary>What keeps a manifest from being removed by a rule.</summary>
internal static class ManifestHolders
{
    /// <summary>SQL condition on <c>manifest m</c>: it has no tag, no index names it, nothing refers to it, and what it refers to is not there.</summary>
    public const string None =
        """
        NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = m.repository_id AND t.manifest_digest = m.digest)
        AND NOT EXISTS (SELECT 1 FROM manifest_edge e WHERE e.repository_id = m.repository_id AND e.target = m.digest AND e.kind IN (2, 3))
        AND NOT EXISTS (SELECT 1 FROM manifest s WHERE s.repository_id = m.repository_id AND s.digest = m.subject)
        """;

    /// <param name="condition">What else must hold of <c>m</c>, by the parameters <c>@since</c> and <c>@at</c>.</param>
    public static bool IsFree(DbConnection db, Guid repositoryId, string digest, string condition, DateTimeOffset since, DateTimeOffset at) => db.ExecuteScalar<long>(
        $"SELECT EXISTS (SELECT 1 FROM manifest m WHERE m.repository_id = @repositoryId AND m.digest = @digest AND {condition} AND {None})",
        new { repositoryId, digest, since, at }) != 0;

    /// <summary>Whether what a tag like <c>sha256-HEX.sig</c> belongs to is in the registry: signatures may stand in a repository of their own.</summary>
    public static bool HasLivingSubject(DbConnection db, Guid registryId, string tag) => SignatureTags.SubjectOf(TagName.Parse(tag)) is { } subject && db.ExecuteScalar<long>(
        """
        SELECT EXISTS (SELECT 1 FROM repository r CROSS JOIN manifest m ON m.repository_id = r.id
            WHERE r.registry_id = @registryId AND m.digest >= @subject AND m.digest < @subject || 'g')
        """,
        new { registryId, subject }) != 0;
}
