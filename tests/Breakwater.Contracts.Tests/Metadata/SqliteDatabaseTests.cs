using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Contracts.Tests.Metadata;

public sealed class SqliteDatabaseTests : MetadataDatabaseContract
{
    private readonly string _folder = TestFolder.Create();

    private SqliteDatabase Sqlite => (SqliteDatabase)Database;

    protected override IMetadataDatabase Open() => SqliteDatabase.Open(Path.Combine(_folder, "metadata.db"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Write_ManyThatWaitTogether_ShareOneCommit()
    {
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Database.WriteAsync(_ =>
        {
            begun.SetResult();
            return gate.Wait(TimeSpan.FromSeconds(30));
        });
        // Else it could share its commit with some of them, while others are not there yet.
        await begun.Task;
        var writes = Enumerable.Range(0, 200).Select(i => Database.WriteAsync(db => Add(db, $"n{i}"))).ToList();
        gate.Set();
        await first;
        var counts = new HashSet<int>();
        while (!writes.TrueForAll(w => w.IsCompleted))
            counts.Add((await NamesAsync()).Count);
        Assert.Subset(new HashSet<int> { 0, 200 }, counts);
    }

    [Fact]
    public async Task BackupTo_WhileWritesGoOn_IsOneState()
    {
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(
            async () =>
            {
                // Pairs: a copy between the two halves would show.
                for (var i = 0; !stop.IsCancellationRequested; i++)
                    await Database.WriteAsync(db => Add(db, $"a{i}") + Add(db, $"b{i}"));
            },
            TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        var copy = Path.Combine(_folder, "copy.db");
        Sqlite.BackupTo(copy);
        await stop.CancelAsync();
        await writer;

        await using var database = SqliteDatabase.Open(copy);
        var names = await NamesAsync(database);
        Assert.NotEmpty(names);
        Assert.Equal(names.Count(n => n[0] == 'a'), names.Count(n => n[0] == 'b'));
        Assert.Equal("ok", await database.ReadAsync(db => db.ExecuteScalarAsync<string>("PRAGMA integrity_check")));
    }

    [Fact]
    public async Task Open_Connections_HaveTheSettingsThatDurabilityRestsOn()
    {
        Assert.Equal(2, await Database.WriteAsync(db => db.ExecuteScalar<int>("PRAGMA synchronous")));
        Assert.Equal("wal", await Database.WriteAsync(db => db.ExecuteScalar<string>("PRAGMA journal_mode")));
        Assert.Equal(1, await Database.WriteAsync(db => db.ExecuteScalar<int>("PRAGMA foreign_keys")));
        Assert.Equal(1, await Database.ReadAsync(db => db.ExecuteScalarAsync<int>("PRAGMA query_only")));
    }

    [Fact]
    public async Task Write_FileIsNoDatabaseAnyMore_StopsWritingAndTells()
    {
        string? fatal = null;
        var path = Path.Combine(_folder, "broken.db");
        await using (var database = SqliteDatabase.Open(path, reason => fatal = reason))
        {
            await database.WriteAsync(db => Add(db, "a"));
        }
        await using var broken = OpenRaw(path, reason => fatal = reason);
        Overwrite(path);
        await Assert.ThrowsAsync<Oci.OciException>(() => broken.RunAsync(db => Add(db, "b")));
        await Assert.ThrowsAsync<Oci.OciException>(() => broken.RunAsync(db => Add(db, "c")));
        Assert.NotNull(fatal);
        Assert.NotNull(broken.Failure);
    }

    private static GroupCommitWriter OpenRaw(string path, Action<string> onFatal)
    {
        var connection = SqliteConnections.OpenWriter(path);
        return new GroupCommitWriter(connection, onFatal);
    }

    // All but the header page: the file opens, and its content is broken.
    private static void Overwrite(string path)
    {
        using var file = new FileStream(path, FileMode.Open);
        var noise = new byte[file.Length - 4096];
        new Random(1).NextBytes(noise);
        file.Position = 4096;
        file.Write(noise);
    }
}
