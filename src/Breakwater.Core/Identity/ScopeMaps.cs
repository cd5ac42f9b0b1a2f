using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Tiers;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>The scope maps of a registry. A change counts from the next request of every token that has the map.</summary>
/// <remarks>https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions</remarks>
public sealed class ScopeMaps(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    /// <summary>Actions of one map; ACR's limit for Premium is 500 repositories.</summary>
    public const int MaxActions = 500;

    private const string Columns = "id, name, description, actions, is_system, created_at";

    private static readonly ImmutableArray<(string Name, string[] Actions)> System =
    [
        ("_repositories_admin", ["content/delete", "content/read", "content/write", "metadata/read", "metadata/write"]),
        ("_repositories_pull", ["content/read"]),
        ("_repositories_push", ["content/read", "content/write"]),
    ];

    /// <summary>Makes the maps that come with every registry, where they are missing.</summary>
    public async Task EnsureSystemAsync()
    {
        var without = await database.ReadAsync(async db => (await db.QueryAsync<Guid>(
            "SELECT id FROM registry r WHERE erasing = 0 AND (SELECT COUNT(*) FROM scope_map m WHERE m.registry_id = r.id AND m.is_system = 1) < @Length", new { System.Length })).AsList());
        foreach (var registry in without)
            await database.WriteAsync(db => InsertSystem(db, registry, clock.GetUtcNow()));
    }

    internal static int InsertSystem(DbConnection db, Guid registryId, DateTimeOffset now)
    {
        var rows = System.Select(map => new
        {
            id = Guid.NewGuid(),
            registryId,
            name = map.Name,
            actions = string.Join('\n', map.Actions.Select(a => $"repositories/*/{a}")),
            now,
        }).ToList();
        return db.Execute("INSERT INTO scope_map (id, registry_id, name, actions, is_system, created_at) VALUES (@id, @registryId, @name, @actions, 1, @now) ON CONFLICT DO NOTHING", rows);
    }

    /// <summary>By name.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public async Task<Page<ScopeMap>> ListAsync(ManagementAccess access, string? after, int limit)
    {
        access.Demand(ManagementActions.ScopeMapsRead);
        var rows = await database.ReadAsync(db => db.QueryAsync<ScopeMap>(
            $"SELECT {Columns} FROM scope_map WHERE registry_id = @Id AND name > @after ORDER BY name LIMIT @read",
            new { access.Registry!.Id, after = after ?? "", read = limit + 1 }));
        return Page<ScopeMap>.Of(rows.AsList(), limit, map => map.Name, map => map);
    }

    /// <returns>Null when there is none.</returns>
    public Task<ScopeMap?> FindAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.ScopeMapsRead);
        return database.ReadAsync(db => db.QuerySingleOrDefaultAsync<ScopeMap>(
            $"SELECT {Columns} FROM scope_map WHERE registry_id = @Id AND name = @name", new { access.Registry!.Id, name }));
    }

    /// <summary>Makes it or replaces its content.</summary>
    /// <returns>False when it is a system map.</returns>
    /// <exception cref="InvalidValueException">The name or an action is not valid; the message says what to do.</exception>
    /// <exception cref="BeyondTierException">The registry has as many as its tier holds.</exception>
    public async Task<bool> PutAsync(ManagementAccess access, string name, string? description, IReadOnlyList<string> actions)
    {
        access.Demand(ManagementActions.ScopeMapsWrite);
        var registry = access.Registry!.Id;
        ResourceName.Require(name, "scope map", underscores: true);
        DisplayText.Require(description, "The description");
        var row = new { id = Guid.NewGuid(), registry, name, description, actions = Join(actions, registry), now = clock.GetUtcNow() };
        var written = await database.WriteAsync(db =>
        {
            var changed = db.Execute(
                """
                INSERT INTO scope_map (id, registry_id, name, description, actions, created_at) VALUES (@id, @registry, @name, @description, @actions, @now)
                    ON CONFLICT (registry_id, name) DO UPDATE SET description = excluded.description, actions = excluded.actions WHERE is_system = 0
                """,
                row);
            TierRules.RequireCounts(db, access.Registry);
            return changed;
        });
        await RefreshAsync(registry, name);
        return written > 0;
    }

    public async Task<ScopeMapOutcome> DeleteAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.ScopeMapsDelete);
        var key = new { access.Registry!.Id, name };
        return await database.WriteAsync(db =>
        {
            if (db.QuerySingleOrDefault<ScopeMap>($"SELECT {Columns} FROM scope_map WHERE registry_id = @Id AND name = @name", key) is not { } map)
                return ScopeMapOutcome.NotFound;
            if (map.IsSystem)
                return ScopeMapOutcome.System;
            if (db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM registry_token WHERE scope_map_id = @Id)", new { map.Id }) != 0)
                return ScopeMapOutcome.InUse;
            db.Execute("DELETE FROM scope_map WHERE id = @Id", new { map.Id });
            return ScopeMapOutcome.Done;
        });
    }

    private static string Join(IReadOnlyList<string> actions, Guid registry)
    {
        if (actions.Count is 0 or > MaxActions)
            throw new InvalidValueException($"A scope map has 1 to {MaxActions} actions, not {actions.Count}.");
        foreach (var action in actions)
        {
            if (!ScopeMapAction.TryParse(action, registry, out _))
                throw new InvalidValueException($"'{action}' is no action. Use repositories/NAME/ACTION with one of {ScopeMapAction.Suffixes}; NAME may be * or end in /*.");
        }
        return string.Join('\n', actions.Distinct());
    }

    private async Task RefreshAsync(Guid registry, string name)
    {
        var tokens = await database.ReadAsync(db => db.QueryAsync<Guid>(
            "SELECT t.id FROM registry_token t JOIN scope_map m ON m.id = t.scope_map_id WHERE m.registry_id = @registry AND m.name = @name", new { registry, name }));
        foreach (var token in tokens)
            await directory.RefreshAsync(token);
    }
}
