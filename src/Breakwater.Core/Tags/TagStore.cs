using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tags;

/// <summary>The tags of a repository.</summary>
public sealed class TagStore(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories)
{
    /// <returns>The names after <paramref name="last"/> in byte order, at most <paramref name="limit"/>.</returns>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<IReadOnlyList<string>> ListAsync(RepositoryAccess access, string? last, int limit)
    {
        access.Demand(RepositoryActions.Pull);
        var repository = await repositories.RequireAsync(access);
        return await database.ReadAsync(async db => (await db.QueryAsync<string>(
            "SELECT name FROM tag WHERE repository_id = @Id AND name > @last ORDER BY name LIMIT @limit",
            new { repository.Id, last = last ?? "", limit })).AsList());
    }

    /// <summary>The whole list in the form that <paramref name="render"/> gives it, kept in memory until a tag comes or goes.</summary>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async ValueTask<byte[]> ListAllAsync(RepositoryAccess access, Func<IReadOnlyList<string>, byte[]> render)
    {
        access.Demand(RepositoryActions.Pull);
        var repository = await repositories.RequireAsync(access);
        var list = await cache.GetAsync(
            new TagListKey(repository.Id), async _ => (byte[]?)render(await ListAsync(access, last: null, int.MaxValue)), body => body.Length + 200);
        return list!;
    }

    /// <summary>Removes a tag; the manifest stays.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(RepositoryAccess access, TagName tag)
    {
        access.Demand(RepositoryActions.Delete);
        if (await repositories.FindAsync(access) is not { } repository)
            return false;
        var deleted = await database.WriteAsync(db => TagRows.Delete(db, repository.Id, tag));
        cache.Invalidate(new TagKey(repository.Id, tag.Value));
        cache.Invalidate(new TagListKey(repository.Id));
        return deleted;
    }
}
