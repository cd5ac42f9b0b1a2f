using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Core.Usage;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Usage;

/// <summary>The bound of what waits, and what becomes of it when it cannot be written.</summary>
public sealed class PendingPullsTests
{
    [Fact]
    public void TryAdd_MoreThanFit_WaitInThemselvesUntilThereIsRoom()
    {
        var pending = new PendingPulls(capacity: 2);
        var counters = Enumerable.Range(0, 3).Select(_ => new Counter(pending)).ToList();
        counters.ForEach(counter => counter.Count(DateTimeOffset.UnixEpoch));
        Assert.Equal(2, pending.TakeAll().Count);

        counters[2].Count(DateTimeOffset.UnixEpoch);

        var late = Assert.Single(pending.TakeAll());
        Assert.Same(counters[2], late.Counter);
        Assert.Equal(2, late.Count);
        Assert.Empty(pending.TakeAll());
    }

    [Fact]
    public async Task Write_DatabaseFull_KeepsEverythingForTheNextTime()
    {
        var database = new FullDatabase();
        var counts = new PullCounts(database, TimeProvider.System);
        var counters = Enumerable.Range(0, 450).Select(_ => new Counter(counts.Pending)).ToList();
        counters.ForEach(counter => counts.Count(counter, null));
        database.FailsAfter = 1;

        await Assert.ThrowsAsync<OciException>(counts.WriteAsync);
        var written = counters.Sum(counter => counter.Written);
        counters.ForEach(counter => counts.Count(null, counter));
        database.FailsAfter = int.MaxValue;
        await counts.WriteAsync();

        Assert.Equal(200, written);
        Assert.All(counters, counter => Assert.Equal(2, counter.Written));
    }

    private sealed class Counter(PendingPulls pending) : PullCounter(pending)
    {
        public long Written { get; private set; }

        public override void Write(DbConnection db, TakenPulls taken) => Written += taken.Count;
    }

    /// <summary>A port's stand-in: it takes so many transactions and then none.</summary>
    private sealed class FullDatabase : IMetadataDatabase
    {
        public int FailsAfter { get; set; }

        public string? WriteFailure => null;

        public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query) => throw new NotSupportedException();

        public Task<T> WriteAsync<T>(Func<DbConnection, T> work) =>
            FailsAfter-- > 0 ? Task.FromResult(work(null!)) : Task.FromException<T>(new OciException(OciErrors.StorageFull));

        public Task<bool> TryScrubAsync() => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
