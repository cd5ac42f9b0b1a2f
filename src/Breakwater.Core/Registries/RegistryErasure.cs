using System.Data.Common;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Repositories;
using Breakwater.Core.SoftDelete;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>
/// Ends deleted registries for good. First its wrapped keys go, from the database, its journal and memory: from then on nobody can read what it
/// held, whatever becomes of the rest. Then the rows of its content, some at a time, and last its own; files follow as those of any deleted blob.
/// </summary>
/// <remarks>Each step leaves a state from which the next run goes on. A backup from before holds the keys until it is deleted too.</remarks>
public sealed class RegistryErasure(IMetadataDatabase database, KeyRing keys, PrivateConnections connections, CoherentCache cache, TimeProvider clock)
{
    // Each is one transaction behind which other writers wait.
    private const int RepositoriesAtOnce = 1;

    /// <summary>Those that were deleted before <paramref name="before"/> and whose keys are still there.</summary>
    public Task<IReadOnlyList<DeletedRegistry>> FindDueAsync(DateTimeOffset before) =>
        database.ReadAsync<IReadOnlyList<DeletedRegistry>>(db => Task.FromResult<IReadOnlyList<DeletedRegistry>>([.. RegistryRow.ReadDeleted(db).Where(deleted => deleted.DeletedAt <= before)]));

    /// <summary>Destroys the keys of a deleted registry, and begins with the rest.</summary>
    /// <param name="before">Only if it was deleted then or earlier: it may have been recovered, and deleted again, since it was found.</param>
    public async Task<ErasureOutcome> EraseAsync(Guid id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // Its name is free again.
        var begun = await database.WriteAsync(db =>
            db.Execute("UPDATE registry SET erasing = 1, name = id WHERE id = @id AND erasing = 0 AND deleted_at <= @before", new { id, before }) > 0 && KeyRing.Destroy(db, id) >= 0);
        if (!begun)
            return ErasureOutcome.NotDeleted;
        keys.Forget(id);
        cache.Clear();
        return await RemoveAsync(id, cancellationToken) ? ErasureOutcome.Done : ErasureOutcome.JournalInUse;
    }

    /// <summary>Goes on with those that were begun: the process ended, or somebody was reading an older state.</summary>
    public async Task ContinueAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await database.ReadAsync(async db => (await db.QueryAsync<Guid>("SELECT id FROM registry WHERE erasing = 1")).AsList()))
            await RemoveAsync(id, cancellationToken);
    }

    /// <returns>False when the journal could not be cut: the keys may still stand in it.</returns>
    private async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        // Until the journal is without the keys the row stays, and with it the next attempt.
        if (!await database.TryScrubAsync())
            return false;
        while (await database.WriteAsync(db => RemoveSome(db, id)))
            cancellationToken.ThrowIfCancellationRequested();
        await database.WriteAsync(db => db.Execute("DELETE FROM registry WHERE id = @id AND erasing = 1", new { id }));
        await connections.ForgetAsync(id);
        return true;
    }

    private bool RemoveSome(DbConnection db, Guid id)
    {
        var found = db.Query<(string Id, string Name)>(
            "SELECT p.id, p.name FROM repository p JOIN registry r ON r.id = p.registry_id WHERE r.id = @id AND r.erasing = 1 LIMIT @RepositoriesAtOnce", new { id, RepositoriesAtOnce }).AsList();
        foreach (var (repository, name) in found)
            RepositoryDeletion.Remove(db, new Repository(Guid.ParseExact(repository, "N"), id, RepositoryName.Parse(name), ItemLocks.None), clock.GetUtcNow());
        return found.Count > 0 || BinRemoval.RemoveSome(db, id, clock.GetUtcNow());
    }
}
