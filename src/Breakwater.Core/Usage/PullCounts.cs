using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Usage;

/// <summary>Counts pulls: in memory where they are answered, in the database some seconds later.</summary>
/// <remarks>A process that is killed loses what it counted since the last write: at most <see cref="Interval"/> and the time that the write takes.</remarks>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
public sealed class PullCounts(IMetadataDatabase database, TimeProvider clock)
#pragma warning restore CA1001
{
    /// <summary>How often the server writes what was counted.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Tags and manifests whose pulls wait to be written, about 30 MB. Pulls of what is beyond wait in the cache.</summary>
    internal const int Capacity = 100_000;

    // Each is one transaction behind which other writers wait.
    private const int BatchSize = 200;

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Called with the pulls by registry that have become durable. It must not throw.</summary>
    public Action<Guid, long>? Written { get; set; }

    internal PendingPulls Pending { get; init; } = new(Capacity);

    internal void Count(PullCounter? manifest, PullCounter? tag)
    {
        var now = clock.GetUtcNow();
        manifest?.Count(now);
        tag?.Count(now);
    }

    /// <summary>Returns when every pull that was counted before is durable.</summary>
    /// <exception cref="OciException"><c>StorageFull</c> or <c>Unavailable</c>; what could not be written waits for the next time.</exception>
    public async Task WriteAsync()
    {
        await _writing.WaitAsync();
        try
        {
            var left = new Queue<TakenPulls[]>(Pending.TakeAll().Chunk(BatchSize));
            try
            {
                for (; left.TryPeek(out var batch); left.Dequeue())
                    await WriteAsync(batch);
            }
            finally
            {
                foreach (var pulls in left.SelectMany(batch => batch))
                    pulls.Counter.Return(pulls.Count);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteAsync(TakenPulls[] batch)
    {
        await database.WriteAsync(db => Write(db, batch));
        if (Written is not { } written)
            return;
        foreach (var (registry, count) in Sums(batch, repository => repository.RegistryId).Select(sum => (sum.Id, sum.Count)))
            written(registry, count);
    }

    private static bool Write(DbConnection db, TakenPulls[] batch)
    {
        foreach (var pulls in batch)
            pulls.Counter.Write(db, pulls);
        // Of what was deleted meanwhile too: it was pulled.
        foreach (var sum in Sums(batch, repository => repository.Id))
            db.Execute("UPDATE repository SET pulls = pulls + @Count, last_pulled_at = MAX(COALESCE(last_pulled_at, 0), @LastAt) WHERE id = @Id", sum);
        foreach (var sum in Sums(batch, repository => repository.RegistryId))
            db.Execute("UPDATE registry SET pulls = pulls + @Count, last_pulled_at = MAX(COALESCE(last_pulled_at, 0), @LastAt) WHERE id = @Id", sum);
        return true;
    }

    // Every pull is of one manifest.
    private static IEnumerable<Sum> Sums(TakenPulls[] batch, Func<Repository, Guid> owner) => batch
        .Where(pulls => pulls.Counter is ManifestPulls)
        .GroupBy(pulls => owner(((ManifestPulls)pulls.Counter).Repository))
        .Select(group => new Sum(group.Key, group.Sum(pulls => pulls.Count), group.Max(pulls => pulls.LastAt)));

    private sealed record Sum(Guid Id, long Count, long LastAt);
}
