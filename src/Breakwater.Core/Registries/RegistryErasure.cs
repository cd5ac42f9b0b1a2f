using System.Data.Common;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>
/// Ends deleted registries for good. First its wrapped keys go, from the database, its journal and memory: from then on nobody can read what it
/// held, whatever becomes of the rest. Then the rows of its content, some at a time, and last its own; files follow as those of any deleted blob.
/// </summary>
/// <remarks>Each step leaves a state from which the next run goes on. A backup from before holds the keys until it is deleted too.</remarks>
public sealed class RegistryErasure(IMetadataDatabase database, KeyRing keys, CoherentCache cache, TimeProvider clock)
{
    // Each is one transaction behind which other writers wait.
    private const int RepositoriesAtOnce = 1;

    /// <summary>Begins with those that were deleted before <paramref name="before"/>, and goes on with those that were begun.</summary>
    /// <returns>The registries whose keys were destroyed by this run.</returns>
    public async Task<IReadOnlyList<Guid>> RunAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var due = await IdsAsync("deleted_at <= @before AND erasing = 0", before);
        foreach (var id in due)
            await DestroyKeysAsync(id);
        foreach (var id in await IdsAsync("erasing = 1", before))
            await RemoveAsync(id, cancellationToken);
        return due;
    }

    /// <summary>Erases one deleted registry now.</summary>
    public async Task EraseAsync(Guid id, CancellationToken cancellationToken)
    {
        await DestroyKeysAsync(id);
        await RemoveAsync(id, cancellationToken);
    }

    private async Task<IReadOnlyList<Guid>> IdsAsync(string condition, DateTimeOffset before) =>
        await database.ReadAsync(async db => (await db.QueryAsync<Guid>($"SELECT id FROM registry WHERE deleted_at IS NOT NULL AND {condition}", new { before })).AsList());

    private async Task DestroyKeysAsync(Guid id)
    {
        // Its name is free again.
        await database.WriteAsync(db => db.Execute("UPDATE registry SET erasing = 1, name = id WHERE id = @id AND deleted_at IS NOT NULL", new { id }) > 0 ? KeyRing.Destroy(db, id) : 0);
        keys.Forget(id);
        cache.Clear();
        await database.TryScrubAsync();
    }

    private async Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        // Until the journal is without the keys the row stays, and with it the next attempt.
        if (!await database.TryScrubAsync())
            return;
        while (await database.WriteAsync(db => RemoveSome(db, id)))
            cancellationToken.ThrowIfCancellationRequested();
        await database.WriteAsync(db => db.Execute("DELETE FROM registry WHERE id = @id AND erasing = 1", new { id }));
    }

    private bool RemoveSome(DbConnection db, Guid id)
    {
        var found = db.Query<(string Id, string Name)>("SELECT id, name FROM repository WHERE registry_id = @id LIMIT @RepositoriesAtOnce", new { id, RepositoriesAtOnce }).AsList();
        foreach (var (repository, name) in found)
            RepositoryDeletion.Remove(db, new Repository(Guid.ParseExact(repository, "N"), id, RepositoryName.Parse(name), ItemLocks.None), clock.GetUtcNow());
        return found.Count > 0;
    }
}
