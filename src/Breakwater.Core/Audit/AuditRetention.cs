using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Audit;

/// <summary>Takes old records away from the beginning of the chain, and signs where it begins from then on.</summary>
internal sealed class AuditRetention(IMetadataDatabase database, AuditKey key, AuditOptions options, TimeProvider clock)
{
    // Bounds the time that other writers wait.
    private const int Slice = 500;

    private readonly ChainHash _hash = new();

    /// <returns>A problem: records that do not fit the chain are not taken away, they are evidence.</returns>
    public async Task<string?> RunAsync(long headSequence, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var start = (await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Start)))?.Link ?? ChainLink.Genesis;
            var oldest = await database.ReadAsync(db => AuditRows.ListAsync(
                db, "sequence > @Sequence ORDER BY sequence LIMIT @Slice", new { start.Sequence, Slice }));
            var expired = oldest.TakeWhile(record => IsExpired(record, headSequence)).ToList();
            if (expired.Count == 0)
                return null;
            var link = start;
            foreach (var record in expired)
            {
                link = _hash.Next(link, record.Record);
                if (!link.Is(new ChainLink(record.Sequence, record.Hash)))
                    return $"Record {record.Sequence} does not fit the chain. It stays, and all after it, until 'verify' was looked at.";
            }
            await RemoveAsync(link);
        }
        return null;
    }

    private bool IsExpired(ChainedRecord record, long headSequence) =>
        record.Record.Time < clock.GetUtcNow() - options.Retention || record.Sequence <= headSequence - options.MaxRecords;

    private Task<int> RemoveAsync(ChainLink last)
    {
        var start = key.Sign(CheckpointKind.Start, last, clock.GetUtcNow());
        return database.WriteAsync(db =>
        {
            CheckpointRows.Put(db, start);
            db.Execute("DELETE FROM audit_checkpoint WHERE kind = 1 AND sequence <= @Sequence", new { last.Sequence });
            return db.Execute("DELETE FROM audit_record WHERE sequence <= @Sequence", new { last.Sequence });
        });
    }
}
