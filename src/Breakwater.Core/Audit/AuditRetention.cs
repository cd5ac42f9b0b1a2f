using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Audit;

/// <summary>Takes old segments away from the beginning of the chain, and signs where it begins from then on.</summary>
internal sealed class AuditRetention(IMetadataDatabase database, AuditKey key, AuditOptions options, TimeProvider clock)
{
    /// <returns>A problem: records that do not fit the chain are not taken away, they are evidence.</returns>
    public async Task<string?> RunAsync(long headSequence, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var start = await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Start));
            var oldest = await database.ReadAsync(db => SegmentRows.PageAsync(db, long.MinValue));
            var walk = new ChainWalk(start is null ? [] : [start]);
            foreach (var segment in oldest.TakeWhile(segment => IsExpired(segment, headSequence)))
                walk.Step(segment);
            if (walk.Problems.Count > 0)
                return $"{walk.Problems[0]} It stays, and all after it, until 'verify' was looked at.";
            if (walk.Segment == long.MinValue)
                return null;
            await RemoveAsync(walk.Position);
        }
        return null;
    }

    /// <summary>A segment is as old as its youngest record.</summary>
    private bool IsExpired(AuditSegment segment, long headSequence) =>
        segment.Columns.MaxTime < (clock.GetUtcNow() - options.Retention)?.ToUnixTimeMilliseconds()
        || segment.Last()?.Sequence <= headSequence - options.MaxRecords;

    private Task<int> RemoveAsync(ChainLink last)
    {
        var start = key.Sign(CheckpointKind.Start, last, clock.GetUtcNow());
        return database.WriteAsync(db =>
        {
            CheckpointRows.Put(db, start);
            db.Execute("DELETE FROM audit_checkpoint WHERE kind = 1 AND sequence <= @Sequence", new { last.Sequence });
            return db.Execute("DELETE FROM audit_segment WHERE first_sequence <= @Sequence", new { last.Sequence });
        });
    }
}
