using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Breakwater.Core.Audit;

/// <summary>The rows of <c>audit_segment</c>.</summary>
internal static class SegmentRows
{
    private const string Columns = "first_sequence, min_time, max_time, categories, payload";

    /// <summary>Not by ADO.NET, which takes only whole arrays: the payload lies in a buffer that is used again.</summary>
    public static void Insert(DbConnection db, AuditSegment segment)
    {
        var database = ((SqliteConnection)db).Handle!;
        Check(database, raw.sqlite3_prepare_v2(database, $"INSERT INTO audit_segment ({Columns}) VALUES (?, ?, ?, ?, ?)", out var statement), raw.SQLITE_OK);
        using (statement)
        {
            var place = 0;
            foreach (var number in (ReadOnlySpan<long>)[segment.FirstSequence, segment.Columns.MinTime, segment.Columns.MaxTime, segment.Columns.Categories])
                Check(database, raw.sqlite3_bind_int64(statement, ++place, number), raw.SQLITE_OK);
            Check(database, raw.sqlite3_bind_blob(statement, ++place, segment.Payload.Span), raw.SQLITE_OK);
            Check(database, raw.sqlite3_step(statement), raw.SQLITE_DONE);
        }
    }

    /// <param name="where">A condition and an order: one of this assembly's constants.</param>
    public static async IAsyncEnumerable<AuditSegment> ListAsync(DbConnection db, string where, object parameters)
    {
        await using var row = await db.ExecuteReaderAsync($"SELECT {Columns} FROM audit_segment WHERE {where}", parameters);
        while (await row.ReadAsync())
            yield return new AuditSegment(row.GetInt64(0), new SegmentColumns(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), row.GetFieldValue<byte[]>(4));
    }

    /// <summary>Some segments in order: few enough to be kept in memory, and at least one where there is one.</summary>
    /// <param name="after">The first number of the segment that was looked at last.</param>
    public static async Task<IReadOnlyList<AuditSegment>> PageAsync(DbConnection db, long after)
    {
        const int Enough = 256 * 1024;
        var (page, size) = (new List<AuditSegment>(), 0);
        await foreach (var segment in ListAsync(db, "first_sequence > @after ORDER BY first_sequence", new { after }))
        {
            page.Add(segment);
            if ((size += segment.Payload.Length) >= Enough)
                break;
        }
        return page;
    }

    public static async Task<AuditSegment?> LastAsync(DbConnection db) =>
        await ListAsync(db, "TRUE ORDER BY first_sequence DESC LIMIT 1", new { }).FirstOrDefaultAsync();

    private static void Check(sqlite3 database, int code, int expected)
    {
        if (code != expected)
            SqliteException.ThrowExceptionForRC(code, database);
    }
}
