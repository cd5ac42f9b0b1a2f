using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Repositories;

/// <summary>The repositories of a registry. One comes to be with the first push to its name.</summary>
public sealed class RepositoryStore(IMetadataDatabase database, CoherentCache cache, TimeProvider clock)
{
    private const long EntryBytes = 400;

    /// <returns>Null when there is none.</returns>
    public ValueTask<Repository?> FindAsync(RepositoryAccess access) =>
        cache.GetAsync(new RepositoryKey(access.Registry.Id, access.Repository.Value), LoadAsync, _ => EntryBytes);

    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async ValueTask<Repository> RequireAsync(RepositoryAccess access) =>
        await FindAsync(access) ?? throw new OciException(OciErrors.NameUnknown, detail: new Dictionary<string, string> { ["name"] = access.Repository.Value });

    /// <summary>The repository that a push is for.</summary>
    public async ValueTask<Repository> GetOrCreateAsync(RepositoryAccess access)
    {
        access.Demand(RepositoryActions.Push);
        if (await FindAsync(access) is { } found)
            return found;
        var created = new { id = Guid.NewGuid(), registry = access.Registry.Id, name = access.Repository.Value, now = clock.GetUtcNow() };
        await database.WriteAsync(db => db.Execute(
            "INSERT INTO repository (id, registry_id, name, created_at) VALUES (@id, @registry, @name, @now) ON CONFLICT DO NOTHING", created));
        return await RequireAsync(access);
    }

    /// <summary>Names of repositories that hold a manifest, in byte order, after <paramref name="last"/>.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(RegistryAccess access, string? last, int limit)
    {
        access.Demand(RegistryActions.Catalog);
        return await database.ReadAsync(db => ListAsync(db, access.Registry.Id, last, limit));
    }

    private static async Task<IReadOnlyList<string>> ListAsync(DbConnection db, Guid registry, string? last, int limit) =>
        (await db.QueryAsync<string>(
            """
            SELECT name FROM repository
            WHERE registry_id = @registry AND manifest_count > 0 AND name > @last ORDER BY name LIMIT @limit
            """,
            new { registry, last = last ?? "", limit })).AsList();

    private async Task<Repository?> LoadAsync(RepositoryKey key)
    {
        var id = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<string>(
            "SELECT id FROM repository WHERE registry_id = @RegistryId AND name = @Name", key));
        return id is null ? null : new Repository(Guid.ParseExact(id, "N"), key.RegistryId, RepositoryName.Parse(key.Name));
    }

    private sealed record RepositoryKey(Guid RegistryId, string Name);
}
