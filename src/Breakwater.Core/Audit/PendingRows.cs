using System.Buffers;
using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Audit;

/// <summary>The rows of <c>audit_pending</c>.</summary>
internal static class PendingRows
{
    public static int Insert(DbConnection db, Guid id, AuditRecord record)
    {
        var values = new ArrayBufferWriter<byte>();
        RecordWriter.Write(values, record);
        return db.Execute("INSERT INTO audit_pending (id, time, record) VALUES (@id, @Time, @record)", new { id, record.Time, record = values.WrittenSpan.ToArray() });
    }

    public static void Delete(DbConnection db, IReadOnlyList<Guid> ids)
    {
        foreach (var id in ids)
            db.Execute("DELETE FROM audit_pending WHERE id = @id", new { id });
    }

    /// <summary>The oldest first.</summary>
    public static async Task<IReadOnlyList<(Guid Id, AuditRecord Record)>> ListAsync(DbConnection db) =>
    [
        .. from row in await db.QueryAsync<Row>("SELECT id, record FROM audit_pending ORDER BY time, id")
           where RecordReader.Measure(row.Record) == row.Record.Length
           select (row.Id, new RecordReader(row.Record).Read()),
    ];

    private sealed record Row
    {
        public Guid Id { get; init; }
        public byte[] Record { get; init; } = [];
    }
}
