using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

/// <summary>Connections for reading. Those beyond <see cref="MaxIdle"/> are closed when they come back.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int MaxIdle = 8;

    private readonly ConcurrentStack<SqliteConnection> _idle = new();

    public SqliteConnection Rent() => _idle.TryPop(out var connection) ? connection : SqliteConnections.OpenReader(path);

    public void Return(SqliteConnection connection)
    {
        if (_idle.Count < MaxIdle)
            _idle.Push(connection);
        else
            connection.Dispose();
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var connection))
            connection.Dispose();
    }
}
