using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Breakwater.Core.Audit;

/// <summary>
/// One prepared statement for all rows of a batch. It binds by place and from the stack: with ADO.NET's named parameters a pull's record would cost as
/// much time as the pull.
/// </summary>
internal sealed class AuditInsert : IDisposable
{
    private static readonly string Sql = $"INSERT INTO audit_record (sequence, {AuditColumns.Names}, hash) VALUES (?{string.Concat(AuditColumns.All.Select(_ => ", ?"))}, ?)";

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public AuditInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, Sql, out _statement), raw.SQLITE_OK);
    }

    public void Add(ChainedRecord record)
    {
        var place = 0;
        Check(raw.sqlite3_bind_int64(_statement, ++place, record.Sequence), raw.SQLITE_OK);
        foreach (var (_, value) in AuditColumns.All)
            Check(Bind(++place, value(record.Record)), raw.SQLITE_OK);
        Check(raw.sqlite3_bind_blob(_statement, ++place, record.Hash.Span), raw.SQLITE_OK);
        Check(raw.sqlite3_step(_statement), raw.SQLITE_DONE);
        Check(raw.sqlite3_reset(_statement), raw.SQLITE_OK);
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        // Without bytes there is no address, and without an address SQLite takes it for null.
        "" => raw.sqlite3_bind_text(_statement, place, ""),
        var text => BindText(place, (string)text),
    };

    private int BindText(int place, string text)
    {
        Span<byte> buffer = stackalloc byte[AuditText.MaxBytes];
        return raw.sqlite3_bind_text(_statement, place, buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    private void Check(int code, int expected)
    {
        if (code != expected)
            SqliteException.ThrowExceptionForRC(code, _database);
    }
}
