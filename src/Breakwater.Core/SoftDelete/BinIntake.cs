using System.Data.Common;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>
/// The statements that copy into the recycle bin what the same transaction deletes. Blobs are kept by the edges of their manifests: the links go
/// as ever, and with them the right to read.
/// </summary>
internal static class BinIntake
{
    private const string Locks = "write_enabled, delete_enabled, read_enabled, list_enabled";

    // Whoever is restored without a tag begins to wait anew; what never had one does not.
    private const string Manifests =
        $"""
        INSERT INTO deleted_manifest (registry_id, repository, digest, media_type, artifact_type, config_media_type, subject, size_bytes, epoch, body_id, signature_kind,
                created_at, untagged_at, {Locks}, deleted_at, body)
            SELECT @RegistryId, @Repository, digest, media_type, artifact_type, config_media_type, subject, size_bytes, epoch, body_id, signature_kind, created_at,
                CASE WHEN EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = m.repository_id AND t.manifest_digest = m.digest) THEN @now ELSE untagged_at END,
                {Locks}, @now, body
            FROM manifest m WHERE repository_id = @Id
        """;

    private const string Edges =
        """
        INSERT INTO deleted_manifest_edge (registry_id, repository, manifest_digest, kind, target, required, object_id)
            SELECT @RegistryId, @Repository, manifest_digest, kind, target, required,
                CASE WHEN kind IN (0, 1) THEN (SELECT l.object_id FROM blob_link l WHERE l.repository_id = e.repository_id AND l.digest = e.target) END
            FROM manifest_edge e WHERE repository_id = @Id
        """;

    private const string Tags =
        $"""
        INSERT OR REPLACE INTO deleted_tag (registry_id, repository, name, digest, created_at, {Locks}, deleted_at)
            SELECT @RegistryId, @Repository, name, manifest_digest, created_at, {Locks}, @now FROM tag WHERE repository_id = @Id
        """;

    /// <summary>Before a manifest is deleted with its tags.</summary>
    public static void Keep(DbConnection db, Repository repository, Digest digest, DateTimeOffset now) => db.Execute(
        $"""
        {Manifests} AND digest = @Digest;
        {Edges} AND manifest_digest = @Digest;
        {Tags} AND name IN (SELECT t.name FROM tag t WHERE t.repository_id = @Id AND t.manifest_digest = @Digest) ORDER BY name;
        """,
        Parameters(repository, digest.Value, now));

    /// <summary>Before a tag is deleted, or moved by a restore; its manifest stays.</summary>
    public static void Keep(DbConnection db, Repository repository, TagName tag, DateTimeOffset now)
    {
        var parameters = Parameters(repository, "", now);
        parameters.Add("tag", tag.Value);
        db.Execute($"{Tags} AND name = @tag", parameters);
    }

    /// <summary>Before a repository is deleted with all that it holds.</summary>
    public static void Keep(DbConnection db, Repository repository, DateTimeOffset now) => db.Execute(
        $"""
        {Manifests};
        {Edges};
        {Tags} ORDER BY name;
        """,
        Parameters(repository, "", now));

    /// <summary>Before a repository is deleted, for good or not, of which something is in the bin: what is restored comes back under its attributes.</summary>
    public static void KeepAttributes(DbConnection db, Repository repository) => db.Execute(
        $"""
        INSERT OR REPLACE INTO deleted_repository (registry_id, name, created_at, {Locks})
            SELECT @RegistryId, @Repository, created_at, {Locks} FROM repository
            WHERE id = @Id AND EXISTS (SELECT 1 FROM deleted_manifest d WHERE d.registry_id = @RegistryId AND d.repository = @Repository)
        """,
        BinKey.Of(repository, ""));

    private static DynamicParameters Parameters(Repository repository, string digest, DateTimeOffset now)
    {
        var parameters = new DynamicParameters(BinKey.Of(repository, digest));
        parameters.Add("now", now.ToUnixTimeMilliseconds());
        return parameters;
    }
}
