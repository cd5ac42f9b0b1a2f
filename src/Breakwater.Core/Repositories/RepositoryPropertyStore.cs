using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Repositories;

/// <summary>Times, counts and attributes of repositories.</summary>
public sealed class RepositoryPropertyStore(IMetadataDatabase database, RepositoryStore repositories, TimeProvider clock)
{
    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<RepositoryProperties> FindAsync(RepositoryAccess access)
    {
        access.Demand(RepositoryActions.MetadataRead);
        return await LoadAsync(await repositories.RequireAsync(access));
    }

    /// <exception cref="OciException"><c>NameUnknown</c></exception>
    public async Task<RepositoryProperties> UpdateAsync(RepositoryAccess access, ItemChange change)
    {
        access.Demand(RepositoryActions.MetadataWrite);
        var repository = await repositories.RequireAsync(access);
        if (!change.IsEmpty)
        {
            await database.WriteAsync(db => ItemLockColumns.Update(db, "repository", "id = @Id", new { repository.Id }, change, clock.GetUtcNow()));
            repositories.Changed(repository);
        }
        return await LoadAsync(repository);
    }

    private async Task<RepositoryProperties> LoadAsync(Repository repository) => await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<RepositoryProperties>(
        $"""
        SELECT created_at, updated_at, manifest_count, tag_count, pulls AS pull_count, last_pulled_at, last_pushed_at, {ItemLockColumns.Value} AS locks
        FROM repository WHERE id = @Id
        """,
        new { repository.Id })) ?? throw RepositoryRows.Unknown(repository.Name);
}
