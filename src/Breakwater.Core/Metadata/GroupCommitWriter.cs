using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

/// <summary>
/// The only writer. Units of work that wait together share one commit, hence one fsync; each stands in a savepoint of its own, so
/// that one that fails undoes itself alone.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    // Bounds the time that the first unit of a group waits for the others.
    private const int MaxGroup = 256;

    private readonly Channel<WriteUnit> _queue = Channel.CreateUnbounded<WriteUnit>(new() { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Action<string>? _onFatal;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _failure;

    public GroupCommitWriter(SqliteConnection connection, Action<string>? onFatal)
    {
        _connection = connection;
        _onFatal = onFatal;
        _thread = new Thread(Run) { IsBackground = true, Name = "metadata writer" };
        _thread.Start();
    }

    public string? Failure => _failure;

    public Task<T> RunAsync<T>(Func<DbConnection, T> work)
    {
        var unit = new WriteUnit<T>(work);
        if (!_queue.Writer.TryWrite(unit))
            unit.Fail(SqliteFailure.Closed());
        return unit.Task;
    }

    private void Run()
    {
        var group = new List<WriteUnit>(MaxGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < MaxGroup && _queue.Reader.TryRead(out var unit))
                group.Add(unit);
            RunGroup(group);
        }
        _ended.SetResult();
    }

    private void RunGroup(List<WriteUnit> group)
    {
        if (_failure is not null)
        {
            group.ForEach(unit => unit.Fail(SqliteFailure.Stopped()));
            return;
        }
        try
        {
            SqliteConnections.Execute(_connection, "BEGIN IMMEDIATE");
            foreach (var unit in group)
                RunUnit(unit);
            SqliteConnections.Execute(_connection, "COMMIT");
        }
        catch (SqliteException e)
        {
            FailGroup(group, e);
            return;
        }
        group.ForEach(unit => unit.Complete());
    }

    private void RunUnit(WriteUnit unit)
    {
        SqliteConnections.Execute(_connection, "SAVEPOINT unit");
        unit.Execute(_connection);
        // A full disk may have rolled back everything; the statement then fails and so does the group.
        SqliteConnections.Execute(_connection, unit.Failed ? "ROLLBACK TO unit; RELEASE unit" : "RELEASE unit");
    }

    private void FailGroup(List<WriteUnit> group, SqliteException e)
    {
        if (SqliteFailure.IsFatal(e))
        {
            _failure = e.Message;
            _onFatal?.Invoke($"The metadata database could not make a commit durable: {e.Message}");
        }
        else
        {
            Rollback();
        }
        group.ForEach(unit => unit.Fail(SqliteFailure.ToOciException(e)));
    }

    private void Rollback()
    {
        try
        {
            SqliteConnections.Execute(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself: no transaction is open.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task;
        await _connection.DisposeAsync();
    }
}
