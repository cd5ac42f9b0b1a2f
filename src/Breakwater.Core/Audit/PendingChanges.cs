using Breakwater.Core.Metadata;

namespace Breakwater.Core.Audit;

/// <summary>The durable traces of changes under way.</summary>
internal static class PendingChanges
{
    private const string Unknown = "The server stopped before the outcome was recorded. Look whether the change was made.";

    public static async Task<Guid> AddAsync(IMetadataDatabase database, AuditRecord record)
    {
        var id = Guid.NewGuid();
        await database.WriteAsync(db => PendingRows.Insert(db, id, record));
        return id;
    }

    /// <summary>At the start: nobody will report an outcome any more.</summary>
    public static async Task SettleAsync(IMetadataDatabase database, AuditChain chain)
    {
        var pending = await database.ReadAsync(PendingRows.ListAsync);
        if (pending.Count > 0)
            await chain.AppendAsync([.. pending.Select(p => p.Record with { Status = 0, Description = Unknown })], [.. pending.Select(p => p.Id)]);
    }
}
