using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Manifests;

/// <summary>Times, sizes, platforms and attributes of manifests.</summary>
public sealed class ManifestPropertyStore(
    IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, ManifestStore manifests, BlobStore blobs, TimeProvider clock)
{
    private readonly PlatformReader _platforms = new(cache, blobs);

    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<ItemPage<ManifestProperties>> ListAsync(RepositoryAccess access, ItemQuery query)
    {
        access.Demand(RepositoryActions.MetadataRead);
        var repository = await repositories.RequireAsync(access);
        var page = ItemPage<ManifestPropertyRow>.Of(await database.ReadAsync(db => ListAsync(db, repository, query)), query.Limit);
        var items = new List<ManifestProperties>(page.Items.Count);
        foreach (var row in page.Items)
            items.Add(row.Tell(await _platforms.ReadAsync(repository, row.ConfigMediaType, row.Config)));
        return new ItemPage<ManifestProperties>(items, page.HasMore);
    }

    /// <returns>Null when there is no such manifest.</returns>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<ManifestProperties?> FindAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.MetadataRead);
        return await LoadAsync(await repositories.RequireAsync(access), digest);
    }

    /// <returns>Null when there is no such manifest.</returns>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<ManifestProperties?> UpdateAsync(RepositoryAccess access, Digest digest, ItemChange change)
    {
        access.Demand(RepositoryActions.MetadataWrite);
        var repository = await repositories.RequireAsync(access);
        if (!change.IsEmpty)
        {
            await database.WriteAsync(db => ItemLockColumns.Update(db, "manifest", "repository_id = @Id AND digest = @digest", new { repository.Id, digest }, change, clock.GetUtcNow()));
            cache.Invalidate(new ManifestKey(repository.Id, digest.Value));
        }
        return await LoadAsync(repository, digest);
    }

    private static async Task<IReadOnlyList<ManifestPropertyRow>> ListAsync(DbConnection db, Repository repository, ItemQuery query)
    {
        var cursor = await ItemCursor.FindAsync(db, repository.Id, "manifest", "digest", query);
        var found = await db.QueryAsync<ManifestPropertyRow>(
            $"{ManifestPropertyRow.Select} AND list_enabled = 1 {cursor.Clause}",
            new { repository.Id, last = query.Last ?? "", cursor.At, limit = query.Limit + 1L });
        return found.AsList();
    }

    private async Task<ManifestProperties?> LoadAsync(Repository repository, Digest digest)
    {
        var row = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<ManifestPropertyRow>(
            $"{ManifestPropertyRow.Select} AND digest = @digest", new { repository.Id, digest }));
        if (row is null)
            return null;
        var references = MediaTypes.IsIndex(row.MediaType) && await manifests.FindAsync(repository, digest) is { } index ? PlatformJson.OfIndex(index.Body) : null;
        return row.Tell(await _platforms.ReadAsync(repository, row.ConfigMediaType, row.Config), references);
    }
}
