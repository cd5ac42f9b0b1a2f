using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>Lists of what is in the recycle bin. What may not be listed while it is there is not listed here either.</summary>
public sealed class DeletedArtifacts(IMetadataDatabase database)
{
    private const string Listed = "registry_id = @RegistryId AND repository = @Repository AND list_enabled = 1";

    /// <summary>Names under which there is no manifest any more but something to restore, in byte order.</summary>
    public async Task<NamePage> ListRepositoriesAsync(RegistryAccess access, string? last, int limit)
    {
        access.Demand(RegistryActions.DeletedCatalog);
        var names = await database.ReadAsync(db => db.QueryAsync<string>(
            """
            SELECT DISTINCT d.repository FROM deleted_manifest d WHERE d.registry_id = @Id AND d.repository > @last
                AND NOT EXISTS (SELECT 1 FROM repository r WHERE r.registry_id = d.registry_id AND r.name = d.repository AND (r.manifest_count > 0 OR r.list_enabled = 0))
                AND NOT EXISTS (SELECT 1 FROM deleted_repository x WHERE x.registry_id = d.registry_id AND x.name = d.repository AND x.list_enabled = 0)
            ORDER BY d.repository LIMIT @limit
            """,
            new { access.Registry.Id, last = last ?? "", limit = limit + 1L }));
        return new NameList(names.AsList()).PageAfter(null, limit);
    }

    /// <param name="last">Digest of the last one seen; null: from the start.</param>
    /// <returns>In order of their digests.</returns>
    /// <exception cref="OciException"><c>NameUnknown</c>: there is no such repository, and nothing of that name was deleted.</exception>
    public async Task<ItemPage<DeletedManifestProperties>> ListManifestsAsync(RepositoryAccess access, string? last, int limit)
    {
        access.Demand(RepositoryActions.DeletedRead);
        var found = await database.ReadAsync(async db => (await db.QueryAsync<Row>(
            $"""
            SELECT digest, media_type, created_at, deleted_at,
                d.size_bytes + (SELECT COALESCE(SUM(o.size_bytes), 0) FROM object o WHERE o.id IN (SELECT e.object_id FROM deleted_manifest_edge e
                    WHERE e.registry_id = d.registry_id AND e.repository = d.repository AND e.manifest_digest = d.digest)) AS image_size_bytes,
                (SELECT group_concat(t.name, ' ') FROM deleted_tag t
                    WHERE t.registry_id = d.registry_id AND t.repository = d.repository AND t.digest = d.digest AND t.list_enabled = 1) AS tags
            FROM deleted_manifest d WHERE {Listed} AND digest > @last ORDER BY digest LIMIT @limit
            """,
            new { RegistryId = access.Registry.Id, Repository = access.Repository.Value, last = last ?? "", limit = limit + 1L })).AsList());
        await RequireKnownAsync(access, found.Count);
        return ItemPage<DeletedManifestProperties>.Of([.. found.Select(row => row.Tell())], limit);
    }

    /// <exception cref="OciException"><c>NameUnknown</c>: there is no such repository, and nothing of that name was deleted.</exception>
    public async Task<ItemPage<DeletedTagProperties>> ListTagsAsync(RepositoryAccess access, DeletedTagQuery query)
    {
        access.Demand(RepositoryActions.DeletedRead);
        var found = await database.ReadAsync(async db => (await db.QueryAsync<DeletedTagProperties>(
            $"SELECT name, digest, deleted_at, sequence FROM deleted_tag WHERE {Listed} AND (name, sequence) > (@last, @sequence) ORDER BY name, sequence LIMIT @limit",
            new
            {
                RegistryId = access.Registry.Id,
                Repository = access.Repository.Value,
                last = query.Last ?? "",
                sequence = query.LastSequence ?? long.MaxValue,
                limit = query.Limit + 1L,
            })).AsList());
        await RequireKnownAsync(access, found.Count);
        return ItemPage<DeletedTagProperties>.Of(found, query.Limit);
    }

    private async Task RequireKnownAsync(RepositoryAccess access, int found)
    {
        if (found == 0 && !await database.ReadAsync(db => Task.FromResult(IsKnown(db, access))))
            throw RepositoryRows.Unknown(access.Repository);
    }

    private static bool IsKnown(DbConnection db, RepositoryAccess access) => db.ExecuteScalar<long>(
        """
        SELECT EXISTS (SELECT 1 FROM repository WHERE registry_id = @Id AND name = @name)
            OR EXISTS (SELECT 1 FROM deleted_manifest WHERE registry_id = @Id AND repository = @name)
        """,
        new { access.Registry.Id, name = access.Repository.Value }) != 0;

    private sealed record Row
    {
        public string Digest { get; init; } = "";
        public string MediaType { get; init; } = "";
        public long ImageSizeBytes { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset DeletedAt { get; init; }
        public string? Tags { get; init; }

        public DeletedManifestProperties Tell() => new()
        {
            Digest = Digest,
            MediaType = MediaType,
            ImageSizeBytes = ImageSizeBytes,
            CreatedAt = CreatedAt,
            DeletedAt = DeletedAt,
            Tags = Tags is null ? [] : [.. Tags.Split(' ').Order(StringComparer.Ordinal)],
        };
    }
}
