using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Audit;

/// <summary>The rows of <c>audit_checkpoint</c>.</summary>
internal static class CheckpointRows
{
    private const string Columns = "kind, sequence, time, hash, key_id, signature";

    /// <summary>In the order of the chain.</summary>
    public static async Task<IReadOnlyList<AuditCheckpoint>> ListAsync(DbConnection db) =>
        (await db.QueryAsync<AuditCheckpoint>($"SELECT {Columns} FROM audit_checkpoint ORDER BY sequence, kind")).AsList();

    public static Task<AuditCheckpoint?> FindAsync(DbConnection db, CheckpointKind kind) => db.QueryFirstOrDefaultAsync<AuditCheckpoint>(
        $"SELECT {Columns} FROM audit_checkpoint WHERE kind = @kind ORDER BY sequence DESC LIMIT 1", new { kind = (int)kind });

    /// <summary>Heads and starts take the place of the one before.</summary>
    public static void Put(DbConnection db, AuditCheckpoint checkpoint)
    {
        if (checkpoint.Kind != CheckpointKind.Kept)
            db.Execute("DELETE FROM audit_checkpoint WHERE kind = @Kind", new { Kind = (int)checkpoint.Kind });
        db.Execute($"INSERT INTO audit_checkpoint ({Columns}) VALUES (@Kind, @Sequence, @Time, @Hash, @KeyId, @Signature)", checkpoint);
    }
}
