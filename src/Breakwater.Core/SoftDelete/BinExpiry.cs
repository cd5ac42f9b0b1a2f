using System.Data.Common;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Retention;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>
/// Deletes for good what has been in the recycle bin for as many days as its registry's policy says now, enabled or not. The bin of a deleted
/// registry waits with it, and so does that of one whose key may not be used.
/// </summary>
public sealed class BinExpiry(IMetadataDatabase database, RegistryDirectory registries, KeyRing keys, TimeProvider clock)
{
    // Each is one transaction behind which other writers wait.
    private const int Batch = 100;

    // The next run goes on: clean-up of other kinds must not wait for one large registry.
    private const int MostPerRegistry = 2_000;

    /// <param name="removed">Called for each after its removal is durable. Tags that go with their manifest are not told.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="OciException">The database cannot be written.</exception>
    public async Task<int> RunAsync(Func<Registry, PurgedItem, ValueTask> removed, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var id in await FindRegistriesAsync())
        {
            if (registries.Find(id) is not { } registry || keys.ProblemOf(id) is not null)
                continue;
            for (var left = MostPerRegistry; left > 0; left -= Batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var gone = await database.WriteAsync(db => RemoveSome(db, registry));
                foreach (var item in gone)
                    await removed(registry, item);
                count += gone.Count;
                if (gone.Count < Batch)
                    break;
            }
        }
        return count;
    }

    private async Task<IReadOnlyList<Guid>> FindRegistriesAsync() => (await database.ReadAsync(db => db.QueryAsync<Guid>(
        """
        SELECT r.id FROM registry r WHERE r.deleted_at IS NULL AND (
            EXISTS (SELECT 1 FROM deleted_manifest m WHERE m.registry_id = r.id AND m.deleted_at <= @now - r.soft_delete_days * 86400000)
            OR EXISTS (SELECT 1 FROM deleted_tag t WHERE t.registry_id = r.id AND t.deleted_at <= @now - r.soft_delete_days * 86400000))
        """,
        new { now = clock.GetUtcNow() }))).AsList();

    // The policy as the database has it: somebody may have made it longer, or deleted the registry, since the run began.
    private List<PurgedItem> RemoveSome(DbConnection db, Registry registry)
    {
        if (db.ExecuteScalar<int?>("SELECT soft_delete_days FROM registry WHERE id = @Id AND deleted_at IS NULL", new { registry.Id }) is not { } days)
            return [];
        var now = clock.GetUtcNow();
        return BinRemoval.RemoveDue(db, registry.Id, repository: null, now - TimeSpan.FromDays(days), Batch, now);
    }
}
