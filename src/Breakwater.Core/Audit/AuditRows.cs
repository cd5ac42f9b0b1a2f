using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Audit;

/// <summary>The rows of <c>audit_record</c> and <c>audit_pending</c>.</summary>
internal static class AuditRows
{
    private static readonly string Parameters = string.Join(", ", AuditColumns.All.Select(column => "@" + column.Name));

    public static void Insert(DbConnection db, IReadOnlyList<ChainedRecord> records)
    {
        using var rows = new AuditInsert((SqliteConnection)db);
        foreach (var record in records)
            rows.Add(record);
    }

    public static int InsertPending(DbConnection db, Guid id, AuditRecord record)
    {
        using var command = Prepare(db, $"INSERT INTO audit_pending (id, {AuditColumns.Names}) VALUES (@id, {Parameters})");
        Add(command, "@id").Value = id.ToString("N");
        Bind(command, record);
        return command.ExecuteNonQuery();
    }

    public static void DeletePending(DbConnection db, IReadOnlyList<Guid> ids)
    {
        foreach (var id in ids)
            db.Execute("DELETE FROM audit_pending WHERE id = @id", new { id });
    }

    public static async Task<IReadOnlyList<(Guid Id, AuditRecord Record)>> ListPendingAsync(DbConnection db)
    {
        await using var row = await db.ExecuteReaderAsync($"SELECT id, {AuditColumns.Names} FROM audit_pending ORDER BY time, id");
        var found = new List<(Guid, AuditRecord)>();
        while (await row.ReadAsync())
            found.Add((Guid.ParseExact(row.GetString(0), "N"), AuditColumns.Read(row, first: 1)));
        return found;
    }

    /// <param name="where">A condition and an order: one of this assembly's constants.</param>
    public static async Task<IReadOnlyList<ChainedRecord>> ListAsync(DbConnection db, string where, object parameters)
    {
        await using var row = await db.ExecuteReaderAsync($"SELECT sequence, hash, {AuditColumns.Names} FROM audit_record WHERE {where}", parameters);
        var found = new List<ChainedRecord>();
        while (await row.ReadAsync())
            found.Add(new ChainedRecord(row.GetInt64(0), AuditColumns.Read(row, first: 2), row.GetFieldValue<byte[]>(1)));
        return found;
    }

    private static DbCommand Prepare(DbConnection db, string sql)
    {
        var command = db.CreateCommand();
#pragma warning disable CA2100 // The text is made of this assembly's constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, _) in AuditColumns.All)
            Add(command, "@" + name);
        return command;
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static void Bind(DbCommand command, AuditRecord record)
    {
        for (var i = 0; i < AuditColumns.All.Count; i++)
            command.Parameters[i].Value = AuditColumns.All[i].Value(record) ?? DBNull.Value;
    }
}
