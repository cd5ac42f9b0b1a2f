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

    /// <summary>Names of repositories that hold a manifest, in byte order: at most <paramref name="limit"/> after <paramref name="last"/>.</summary>
    public async Task<NamePage> ListAsync(RegistryAccess access, string? last, int limit)
    {
        access.Demand(RegistryActions.Catalog);
        var registry = access.Registry.Id;
        if (limit <= NamePage.LargestQueried)
            return new NameList(await LoadNamesAsync(registry, last, limit + 1)).PageAfter(null, limit);
        var all = await cache.GetAsync(new CatalogKey(registry), LoadCatalogAsync, list => list.SizeBytes);
        return all!.PageAfter(last, limit);
    }

    /// <summary>A repository has got its first manifest or lost its last.</summary>
    internal void CatalogChanged(Repository repository) => cache.Invalidate(new CatalogKey(repository.RegistryId));

    private async Task<NameList?> LoadCatalogAsync(CatalogKey key) => new(await LoadNamesAsync(key.RegistryId, last: null, int.MaxValue));

    private Task<IReadOnlyList<string>> LoadNamesAsync(Guid registry, string? last, int limit) =>
        database.ReadAsync<IReadOnlyList<string>>(async db => (await db.QueryAsync<string>(
            """
            SELECT name FROM repository
            WHERE registry_id = @registry AND manifest_count > 0 AND name > @last ORDER BY name LIMIT @limit
            """,
            new { registry, last = last ?? "", limit })).AsList());

    private async Task<Repository?> LoadAsync(RepositoryKey key)
    {
        var id = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<string>(
            "SELECT id FROM repository WHERE registry_id = @RegistryId AND name = @Name", key));
        return id is null ? null : new Repository(Guid.ParseExact(id, "N"), key.RegistryId, RepositoryName.Parse(key.Name));
    }

    private sealed record RepositoryKey(Guid RegistryId, string Name);

    private sealed record CatalogKey(Guid RegistryId);
}
