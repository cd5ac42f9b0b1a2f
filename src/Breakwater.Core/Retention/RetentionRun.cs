using Breakwater.Core.Access;
using Breakwater.Core.Keys;
using Breakwater.Core.Manifests;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Retention;

/// <summary>
/// Removes manifests that lost their last tag longer ago than the registry's policy says. Each goes by the transaction of a client's deletion, which
/// looks once more whether anything needs it.
/// </summary>
public sealed class RetentionRun(IMetadataDatabase database, RegistryDirectory registries, KeyRing keys, ManifestStore manifests, TimeProvider clock)
{
    private const int Batch = 100;

    // The next run goes on: clean-up of other kinds must not wait for one large registry.
    private const int MostPerRegistry = 2_000;

    private const string Due = "m.untagged_at BETWEEN @since AND @at AND m.delete_enabled = 1 AND m.write_enabled = 1";

    /// <param name="removed">Called for each after its removal is durable.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="OciException">The database cannot be written.</exception>
    public async Task<int> RunAsync(Func<Registry, PurgedItem, ValueTask> removed, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var registry in registries.All.Where(registry => registry.Policies.Retention.IsEnabled && keys.ProblemOf(registry.Id) is null))
        {
            for (var left = MostPerRegistry; left > 0; left -= Batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var gone = await RunBatchAsync(registry, removed);
                count += gone;
                if (gone < Batch)
                    break;
            }
        }
        return count;
    }

    private async Task<int> RunBatchAsync(Registry registry, Func<Registry, PurgedItem, ValueTask> removed)
    {
        var policy = registry.Policies.Retention;
        var key = new { registry.Id, since = policy.Since, at = clock.GetUtcNow() - TimeSpan.FromDays(policy.Days), Batch };
        var due = (await database.ReadAsync(db => db.QueryAsync<DueRow>(
            $"""
            SELECT r.id AS repository_id, r.name, m.digest FROM repository r JOIN manifest m ON m.repository_id = r.id
            WHERE r.registry_id = @Id AND r.delete_enabled = 1 AND r.write_enabled = 1 AND {Due} AND {ManifestHolders.None}
            ORDER BY m.untagged_at, m.digest LIMIT @Batch
            """,
            key))).AsList();
        var caller = Housekeeping.ByRetention(registry);
        var gone = await Finished.AllAsync(
            due.Select(row => RemoveAsync(caller, registry, row, key.since!.Value, key.at)),
            [.. due.Select(row => new PurgedItem(row.Name, null, row.Digest))],
            item => removed(registry, item));
        return gone.Count(isGone => isGone);
    }

    private async Task<bool> RemoveAsync(Caller caller, Registry registry, DueRow row, DateTimeOffset since, DateTimeOffset at)
    {
        var repository = new Repository(row.RepositoryId, registry.Id, RepositoryName.Parse(row.Name), ItemLocks.None);
        if (RepositoryAccess.Decide(caller, registry, repository.Name, RepositoryActions.Delete) is not { } access)
            return false;
        try
        {
            return await manifests.PurgeAsync(
                access, repository, Digest.Parse(row.Digest), db => ManifestHolders.IsFree(db, row.RepositoryId, row.Digest, Due, since, at), ItemLocks.Delete);
        }
        catch (OciException e) when (PurgeRefusal.IsRefusal(e))
        {
            // Locked, or gone with its repository, since it was found.
            return false;
        }
    }

    private sealed record DueRow
    {
        public Guid RepositoryId { get; init; }
        public string Name { get; init; } = "";
        public string Digest { get; init; } = "";
    }
}
