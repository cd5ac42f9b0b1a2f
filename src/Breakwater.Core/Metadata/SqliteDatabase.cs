using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

/// <summary>
/// SQLite in WAL mode with <c>synchronous=FULL</c>: one writer connection whose commits are grouped, and a pool of readers.
/// </summary>
public sealed class SqliteDatabase : IMetadataDatabase
{
    private readonly ReaderPool _readers;
    private readonly GroupCommitWriter _writer;

    private SqliteDatabase(string path, ReaderPool readers, GroupCommitWriter writer)
    {
        Path = path;
        _readers = readers;
        _writer = writer;
    }

    public string Path { get; }

    public string? WriteFailure => _writer.Failure;

    /// <summary>Opens or creates the database and brings its schema up to date.</summary>
    /// <param name="onFatal">Called once when a commit could not be made durable: nothing may be written any more, and the process should end.</param>
    public static SqliteDatabase Open(string path, Action<string>? onFatal = null)
    {
        RowTypes.Register();
        var connection = SqliteConnections.OpenWriter(path);
        Migrations.Apply(connection);
        return new SqliteDatabase(path, new ReaderPool(path), new GroupCommitWriter(connection, onFatal));
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query)
    {
        var connection = _readers.Rent();
        try
        {
            return await query(connection);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.ToOciException(e);
        }
        finally
        {
            _readers.Return(connection);
        }
    }

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work) => _writer.RunAsync(work);

    public Task<bool> TryScrubAsync() => Task.Run(() => SqliteConnections.TryTruncateJournal(Path));

    /// <summary>Copies a consistent state of the whole database to a new file, while it is in use.</summary>
    public void BackupTo(string path)
    {
        using var source = SqliteConnections.OpenReader(Path);
        using var target = SqliteConnections.OpenNew(path);
        source.BackupDatabase(target);
    }

    /// <summary>Folds the journal of a copied database into its one file.</summary>
    public static void Settle(string path)
    {
        using var db = SqliteConnections.OpenNew(path);
        SqliteConnections.Execute(db, "PRAGMA journal_mode=DELETE");
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }
}
