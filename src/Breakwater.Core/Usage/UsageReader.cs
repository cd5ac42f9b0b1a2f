using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Usage;

/// <summary>
/// What registries, repositories and tags hold and how they are used. Names of repositories are content: a caller sees those whose metadata it may read, also
/// where it manages the registry.
/// </summary>
public sealed class UsageReader(IMetadataDatabase database, TimeProvider clock)
{
    private const string RepositoryColumns =
        "r.name, r.size_bytes, r.shared_bytes, r.manifest_count, r.tag_count, r.pulls AS pull_count, r.pushes AS push_count, r.last_pulled_at, r.last_pushed_at";

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Sums, of all of the registry.</summary>
    public Task<RegistryTotals> ReadAsync(ManagementAccess access)
    {
        access.Demand(ManagementActions.ListUsages);
        return database.ReadAsync(db => db.QueryFirstAsync<RegistryTotals>(
            """
            SELECT g.size_bytes, g.pulls AS pull_count, g.pushes AS push_count, g.last_pulled_at, g.last_pushed_at, COALESCE(g.counted_since, g.created_at) AS counted_since,
                COUNT(r.id) AS repository_count, COALESCE(SUM(r.manifest_count), 0) AS manifest_count, COALESCE(SUM(r.tag_count), 0) AS tag_count
            FROM registry g LEFT JOIN repository r ON r.registry_id = g.id AND r.manifest_count > 0 WHERE g.id = @Id
            """,
            new { access.Registry!.Id }));
    }

    /// <summary>Repositories that hold something, are listed and may be seen by the caller.</summary>
    /// <exception cref="InvalidValueException">The query cannot be used.</exception>
    public async Task<Page<RepositoryUsage>> ListRepositoriesAsync(ManagementAccess access, UsageQuery query, int limit)
    {
        access.Demand(ManagementActions.ListUsages);
        var (registry, order, at) = (access.Registry!, UsageOrderSql.OfRepositories(query), UsageCursor.Parse(query.After));
        // Row by row: who sees few of many reads them all, but once.
        var found = await database.ReadAsync(db => Task.FromResult(db.Query<RepositoryRow>(
            $"""
            SELECT {RepositoryColumns}, {order.Key} AS order_key FROM repository r
            WHERE r.registry_id = @Id AND (r.manifest_count > 0 OR r.size_bytes > 0) AND r.list_enabled = 1 AND {order.After} ORDER BY {order.By}
            """,
            new { registry.Id, at.Key, at.Name }, buffered: false).Where(row => MaySee(access, registry, RepositoryName.Parse(row.Name))).Take(limit + 1).ToList()));
        return Page<RepositoryUsage>.Of(found, limit, row => row.Cursor.ToString(), row => row);
    }

    /// <returns>Null when there is none, or the caller may not see it.</returns>
    public async Task<RepositoryUsage?> FindRepositoryAsync(ManagementAccess access, RepositoryName name)
    {
        access.Demand(ManagementActions.ListUsages);
        var registry = access.Registry!;
        return !MaySee(access, registry, name)
            ? null
            : await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<RepositoryUsage>(
                $"SELECT {RepositoryColumns} FROM repository r WHERE r.registry_id = @Id AND r.name = @Value", new { registry.Id, name.Value }));
    }

    /// <summary>Tags that are listed. A page ends early when counting their bytes takes long.</summary>
    /// <returns>Null when there is no such repository, or the caller may not see it.</returns>
    /// <exception cref="InvalidValueException">The query cannot be used.</exception>
    public async Task<Page<TagUsage>?> ListTagsAsync(ManagementAccess access, RepositoryName name, UsageQuery query, int limit)
    {
        access.Demand(ManagementActions.ListUsages);
        var registry = access.Registry!;
        if (!MaySee(access, registry, name) || await database.ReadAsync(db => RepositoryRows.FindAsync(db, registry.Id, name)) is not { } repository)
            return null;
        var (at, start) = (UsageCursor.Parse(query.After), clock.GetTimestamp());
        var rows = await database.ReadAsync(db => Task.FromResult(ReadTags(db, repository.Id, UsageOrderSql.OfTags(query), at, limit + 1)));
        var sized = new List<TagUsage>();
        foreach (var row in rows.Take(limit).TakeWhile(_ => sized.Count == 0 || clock.GetElapsedTime(start) < Budget))
            sized.Add(row with { Size = await database.ReadAsync(db => Task.FromResult(TagSize.Read(db, repository.Id, row.Name, row.Digest))) });
        return new Page<TagUsage>(sized, sized.Count < rows.Count ? rows[sized.Count - 1].Cursor.ToString() : null);
    }

    private static List<TagRow> ReadTags(DbConnection db, Guid repositoryId, UsageOrderSql order, UsageCursor at, int limit) => db.Query<TagRow>(
        $"""
        SELECT t.name, t.manifest_digest AS digest, COALESCE(t.pushed_at, t.updated_at) AS last_pushed_at,
            COALESCE(p.pulls, 0) AS pull_count, p.last_pulled_at, COALESCE(q.pulls, 0) AS manifest_pull_count, q.last_pulled_at AS manifest_last_pulled_at, {order.Key} AS order_key
        FROM tag t
        LEFT JOIN tag_pull p ON p.repository_id = t.repository_id AND p.name = t.name
        LEFT JOIN manifest_pull q ON q.repository_id = t.repository_id AND q.digest = t.manifest_digest
        WHERE t.repository_id = @repositoryId AND t.list_enabled = 1 AND {order.After}
        ORDER BY {order.By} LIMIT @limit
        """,
        new { repositoryId, at.Key, at.Name, limit }).AsList();

    private static bool MaySee(ManagementAccess access, Registry registry, RepositoryName name) =>
        RepositoryAccess.Decide(access.Caller, registry, name, RepositoryActions.MetadataRead) is not null;

    private sealed record RepositoryRow : RepositoryUsage
    {
        public long OrderKey { get; init; }

        public UsageCursor Cursor => new(OrderKey, Name);
    }

    private sealed record TagRow : TagUsage
    {
        public long OrderKey { get; init; }

        public UsageCursor Cursor => new(OrderKey, Name);
    }
}
