using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tags;

/// <summary>Times and attributes of tags.</summary>
public sealed class TagPropertyStore(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, TimeProvider clock)
{
    private const string Select =
        $"""
        SELECT name, manifest_digest AS digest, created_at, updated_at, COALESCE(pushed_at, updated_at) AS pushed_at, {ItemLockColumns.Value} AS locks,
            COALESCE((SELECT p.pulls FROM tag_pull p WHERE p.repository_id = tag.repository_id AND p.name = tag.name), 0) AS pull_count,
            (SELECT p.last_pulled_at FROM tag_pull p WHERE p.repository_id = tag.repository_id AND p.name = tag.name) AS last_pulled_at
        FROM tag WHERE repository_id = @Id
        """;

    /// <param name="digest">Only the tags of this manifest; null: all.</param>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<ItemPage<TagProperties>> ListAsync(RepositoryAccess access, ItemQuery query, Digest? digest)
    {
        access.Demand(RepositoryActions.MetadataRead);
        var repository = await repositories.RequireAsync(access);
        var found = await database.ReadAsync(db => ListAsync(db, repository, query, digest));
        return ItemPage<TagProperties>.Of(found, query.Limit);
    }

    /// <returns>Null when there is no such tag.</returns>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<TagProperties?> FindAsync(RepositoryAccess access, TagName tag)
    {
        access.Demand(RepositoryActions.MetadataRead);
        return await LoadAsync(await repositories.RequireAsync(access), tag);
    }

    /// <returns>Null when there is no such tag.</returns>
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<TagProperties?> UpdateAsync(RepositoryAccess access, TagName tag, ItemChange change)
    {
        access.Demand(RepositoryActions.MetadataWrite);
        var repository = await repositories.RequireAsync(access);
        if (!change.IsEmpty)
        {
            await database.WriteAsync(db => ItemLockColumns.Update(db, "tag", "repository_id = @Id AND name = @name", new { repository.Id, name = tag.Value }, change, clock.GetUtcNow()));
            cache.Invalidate(new TagKey(repository.Id, tag.Value));
            cache.Invalidate(new TagListKey(repository.Id));
        }
        return await LoadAsync(repository, tag);
    }

    private static async Task<IReadOnlyList<TagProperties>> ListAsync(DbConnection db, Repository repository, ItemQuery query, Digest? digest)
    {
        var cursor = await ItemCursor.FindAsync(db, repository.Id, "tag", "name", query);
        var ofManifest = digest is null ? "" : "AND manifest_digest = @digest";
        var found = await db.QueryAsync<TagProperties>(
            $"{Select} AND list_enabled = 1 {ofManifest} {cursor.Clause}",
            new { repository.Id, digest, last = query.Last ?? "", cursor.At, limit = query.Limit + 1L });
        return found.AsList();
    }

    private Task<TagProperties?> LoadAsync(Repository repository, TagName tag) => database.ReadAsync(
        db => db.QueryFirstOrDefaultAsync<TagProperties>($"{Select} AND name = @name", new { repository.Id, name = tag.Value }));
}
