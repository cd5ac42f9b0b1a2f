using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Contracts.Tests.Metadata;

/// <summary>What every database must do. One passes by a subclass that opens it with the current schema.</summary>
public abstract class MetadataDatabaseContract : IAsyncLifetime
{
    /// <summary>Opens the database of this test, the same one each time.</summary>
    protected abstract IMetadataDatabase Open();

    protected IMetadataDatabase Database { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Database = Open();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync() => await Database.DisposeAsync();

    protected static int Add(DbConnection db, string name) =>
        db.Execute("INSERT INTO registry (id, name, created_at) VALUES (@id, @name, 0)", new { id = Guid.NewGuid(), name });

    protected static Task<IReadOnlyList<string>> NamesAsync(IMetadataDatabase database) =>
        database.ReadAsync(async db => (IReadOnlyList<string>)(await db.QueryAsync<string>("SELECT name FROM registry ORDER BY name")).AsList());

    protected Task<IReadOnlyList<string>> NamesAsync() => NamesAsync(Database);

    [Fact]
    public async Task Write_Completed_IsSeenByTheNextRead()
    {
        Assert.Equal(1, await Database.WriteAsync(db => Add(db, "a")));
        Assert.Equal(["a"], await NamesAsync());
    }

    [Fact]
    public async Task Write_Completed_OutlivesTheProcess()
    {
        await Database.WriteAsync(db => Add(db, "a"));
        await Database.DisposeAsync();
        Database = Open();
        Assert.Equal(["a"], await NamesAsync());
    }

    [Fact]
    public async Task Write_Throws_UndoesAllOfItAndReachesTheCaller()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync<int>(db =>
        {
            Add(db, "a");
            Add(db, "b");
            throw new InvalidOperationException("mine");
        }));
        Assert.Equal("mine", thrown.Message);
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Write_BreaksAConstraint_UndoesAllOfIt()
    {
        await Database.WriteAsync(db => Add(db, "a"));
        await Assert.ThrowsAsync<OciException>(() => Database.WriteAsync(db => Add(db, "b") + Add(db, "a")));
        Assert.Equal(["a"], await NamesAsync());
        await Database.WriteAsync(db => Add(db, "c"));
        Assert.Equal(["a", "c"], await NamesAsync());
    }

    [Fact]
    public async Task Write_OneOfManyThrows_UndoesOnlyThat()
    {
        using var gate = new ManualResetEventSlim();
        var first = Database.WriteAsync(_ => gate.Wait(TimeSpan.FromSeconds(30)));
        var writes = Enumerable.Range(0, 200).Select(i => Database.WriteAsync(db => Work(db, i))).ToList();
        gate.Set();
        Assert.True(await first);
        await Task.WhenAll(writes.Select(w => w.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default)));

        for (var i = 0; i < writes.Count; i++)
            Assert.Equal(i % 3 != 0, writes[i].IsCompletedSuccessfully);
        Assert.Equal(Enumerable.Range(0, 200).Where(i => i % 3 != 0).Select(i => $"n{i:d3}"), await NamesAsync());

        static int Work(DbConnection db, int i)
        {
            Add(db, $"n{i:d3}");
            return i % 6 == 0 ? throw new InvalidOperationException() : i % 3 == 0 ? Add(db, $"n{i:d3}") : i;
        }
    }

    [Fact]
    public async Task Write_ManyWriters_EachSeesThoseBefore()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(() => Database.WriteAsync(db =>
        {
            Add(db, $"n{i}");
            return db.ExecuteScalar<int>("SELECT COUNT(*) FROM registry");
        }))));
        Assert.Equal(Enumerable.Range(1, 300), seen.Order());
    }

    [Fact]
    public async Task Read_WhileAWriteRuns_SeesTheStateBefore()
    {
        using var written = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var write = Database.WriteAsync(db =>
        {
            Add(db, "a");
            written.Set();
            return gate.Wait(TimeSpan.FromSeconds(30));
        });
        written.Wait(TestContext.Current.CancellationToken);
        Assert.Empty(await NamesAsync());
        gate.Set();
        Assert.True(await write);
        Assert.Equal(["a"], await NamesAsync());
    }

    [Fact]
    public async Task Read_ThatWrites_IsRefused()
    {
        await Assert.ThrowsAsync<OciException>(() => Database.ReadAsync(db => Task.FromResult(Add(db, "a"))));
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Write_AfterClose_IsUnavailable()
    {
        await Database.DisposeAsync();
        var refused = await Assert.ThrowsAsync<OciException>(() => Database.WriteAsync(db => Add(db, "a")));
        Assert.Same(OciErrors.Unavailable, refused.Error);
        Database = Open();
    }

    [Fact]
    public async Task Close_WithWritesWaiting_CompletesThem()
    {
        var writes = Enumerable.Range(0, 50).Select(i => Database.WriteAsync(db => Add(db, $"n{i}"))).ToList();
        await Database.DisposeAsync();
        await Task.WhenAll(writes);
        Database = Open();
        Assert.Equal(50, (await NamesAsync()).Count);
    }

    [Fact]
    public void WriteFailure_NothingFailed_IsNull() => Assert.Null(Database.WriteFailure);
}
