using Breakwater.Core.Access;
using Breakwater.Core.Events;
using Breakwater.Core.Metadata;
using Breakwater.Core.Policies;
using Breakwater.Core.Tags;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Repositories;

/// <summary>The repositories of a registry. One comes to be with the first push to its name.</summary>
public sealed class RepositoryStore(IMetadataDatabase database, CoherentCache cache, EventOutbox outbox, TimeProvider clock)
{
    private const long EntryBytes = 400;

    /// <returns>Null when there is none.</returns>
    public ValueTask<Repository?> FindAsync(RepositoryAccess access) =>
        cache.GetAsync(new RepositoryKey(access.Registry.Id, access.Repository.Value), LoadAsync, _ => EntryBytes);

    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async ValueTask<Repository> RequireAsync(RepositoryAccess access) =>
        await FindAsync(access) ?? throw RepositoryRows.Unknown(access.Repository);

    /// <summary>The repository that a push is for.</summary>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: it is locked. The transaction of the push asks again.</exception>
    public async ValueTask<Repository> GetOrCreateAsync(RepositoryAccess access)
    {
        access.Demand(RepositoryActions.Pull | RepositoryActions.Upload);
        if (await FindAsync(access) is { } found)
        {
            found.Refuse(ItemLocks.Write);
            return found;
        }
        await database.WriteAsync(db => RepositoryRows.FindOrCreate(db, access.Registry.Id, access.Repository, clock.GetUtcNow()));
        return await RequireAsync(access);
    }

    /// <summary>Removes a repository with everything in it. One that is pushed under its name later is another. Where soft delete is enabled its manifests and tags go into the recycle bin.</summary>
    /// <exception cref="OciException"><c>NameUnknown</c>; <c>OperationDisallowed</c>: it or something in it is locked, or the registry's policies keep it; then all of it stays.</exception>
    public async Task<DeletedRepository> DeleteAsync(RepositoryAccess access, EventRequest? request = null)
    {
        access.Demand(RepositoryActions.Delete);
        var repository = await RequireAsync(access);
        var deleted = await database.WriteAsync(db =>
        {
            var gone = RepositoryDeletion.Run(db, PolicyGuard.Of(db, access), repository, clock.GetUtcNow());
            outbox.Deleted(db, access, gone, request);
            return gone;
        });
        Changed(repository);
        cache.Invalidate(new TagListKey(repository.Id));
        outbox.Ring(access);
        return deleted;
    }

    /// <summary>Names of repositories that hold a manifest and may be listed, in byte order: at most <paramref name="limit"/> after <paramref name="last"/>.</summary>
    public async Task<NamePage> ListAsync(RegistryAccess access, string? last, int limit)
    {
        access.Demand(RegistryActions.Catalog);
        var registry = access.Registry.Id;
        if (limit <= NamePage.LargestQueried)
            return new NameList(await LoadNamesAsync(registry, last, limit + 1)).PageAfter(null, limit);
        var all = await cache.GetAsync(new CatalogKey(registry), LoadCatalogAsync, list => list.SizeBytes);
        return all!.PageAfter(last, limit);
    }

    /// <summary>A repository's locks have changed, or it is gone. What is cached under its id is found through it alone.</summary>
    internal void Changed(Repository repository)
    {
        cache.Invalidate(new RepositoryKey(repository.RegistryId, repository.Name.Value));
        CatalogChanged(repository);
    }

    /// <summary>A repository has got its first manifest or lost its last.</summary>
    internal void CatalogChanged(Repository repository) => cache.Invalidate(new CatalogKey(repository.RegistryId));

    private async Task<NameList?> LoadCatalogAsync(CatalogKey key) => new(await LoadNamesAsync(key.RegistryId, last: null, int.MaxValue));

    private Task<IReadOnlyList<string>> LoadNamesAsync(Guid registry, string? last, int limit) =>
        database.ReadAsync<IReadOnlyList<string>>(async db => (await db.QueryAsync<string>(
            """
            SELECT name FROM repository
            WHERE registry_id = @registry AND manifest_count > 0 AND list_enabled = 1 AND name > @last ORDER BY name LIMIT @limit
            """,
            new { registry, last = last ?? "", limit })).AsList());

    private Task<Repository?> LoadAsync(RepositoryKey key) => database.ReadAsync(db => RepositoryRows.FindAsync(db, key.RegistryId, RepositoryName.Parse(key.Name)));

    private sealed record RepositoryKey(Guid RegistryId, string Name);

    private sealed record CatalogKey(Guid RegistryId);
}
