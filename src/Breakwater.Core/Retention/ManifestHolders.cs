using System.Data.Common;
using Breakwater.Core.Repositories;
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
    public static bool HasLivingSubject(DbConnection db, Repository repository, string tag)
    {
        if (SignatureTags.SubjectOf(TagName.Parse(tag)) is not { } subject)
            return false;
        var key = new { repository.Id, repository.RegistryId, subject };
        // Mostly it is in the same one.
        return Exists(db, "manifest m WHERE m.repository_id = @Id", key) || Exists(db, "repository r CROSS JOIN manifest m ON m.repository_id = r.id WHERE r.registry_id = @RegistryId", key);
    }

    // The digest may be the beginning of a longer one.
    private static bool Exists(DbConnection db, string manifests, object key) =>
        db.ExecuteScalar<long>($"SELECT EXISTS (SELECT 1 FROM {manifests} AND m.digest >= @subject AND m.digest < @subject || 'g')", key) != 0;
}
