using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tags;

/// <summary>The tags of a repository.</summary>
public sealed class TagStore(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, TimeProvider clock)
{
    /// <returns>At most <paramref name="limit"/> names of tags that may be listed, after <paramref name="last"/>, in byte order.</returns>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<NamePage> ListAsync(RepositoryAccess access, string? last, int limit)
    {
        access.Demand(RepositoryActions.Pull);
        var repository = await repositories.RequireAsync(access);
        if (limit <= NamePage.LargestQueried)
            return new NameList(await LoadNamesAsync(repository.Id, last, limit + 1)).PageAfter(null, limit);
        var all = await cache.GetAsync(new TagListKey(repository.Id), LoadListAsync, list => list.SizeBytes);
        return all!.PageAfter(last, limit);
    }

    /// <summary>Removes a tag; the manifest stays.</summary>
    /// <returns>The manifest that it meant; null when there is no such tag.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the repository, the tag or its manifest is locked; or what the registry's policies say.</exception>
    public async Task<Digest?> DeleteAsync(RepositoryAccess access, TagName tag)
    {
        access.Demand(RepositoryActions.Delete);
        if (await repositories.FindAsync(access) is not { } repository)
            return null;
        return await DeleteAsync(repository, tag, db => TagRows.Delete(db, PolicyGuard.Of(db, access), repository, tag, clock.GetUtcNow()));
    }

    /// <summary>The same for what a rule removes.</summary>
    /// <param name="mayGo">Asked in the transaction: it may have changed since it was found.</param>
    internal async Task<bool> PurgeAsync(RepositoryAccess access, Repository repository, TagName tag, Func<DbConnection, bool> mayGo, ItemLocks asked)
    {
        access.Demand(RepositoryActions.Delete);
        return await DeleteAsync(repository, tag, db => mayGo(db) ? TagRows.Delete(db, PolicyGuard.Of(db, access), repository, tag, clock.GetUtcNow(), asked) : null) is not null;
    }

    private async Task<Digest?> DeleteAsync(Repository repository, TagName tag, Func<DbConnection, Digest?> delete)
    {
        var deleted = await database.WriteAsync(delete);
        cache.Invalidate(new TagKey(repository.Id, tag.Value));
        cache.Invalidate(new TagListKey(repository.Id));
        return deleted;
    }

    private async Task<NameList?> LoadListAsync(TagListKey key) => new(await LoadNamesAsync(key.RepositoryId, last: null, int.MaxValue));

    private Task<IReadOnlyList<string>> LoadNamesAsync(Guid repositoryId, string? last, int limit) =>
        database.ReadAsync<IReadOnlyList<string>>(async db => (await db.QueryAsync<string>(
            "SELECT name FROM tag WHERE repository_id = @repositoryId AND list_enabled = 1 AND name > @last ORDER BY name LIMIT @limit",
            new { repositoryId, last = last ?? "", limit })).AsList());
}
