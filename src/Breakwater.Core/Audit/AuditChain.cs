using Breakwater.Core.Metadata;

namespace Breakwater.Core.Audit;

/// <summary>Appends to the chain. It has one user at a time, the log's writer.</summary>
internal sealed class AuditChain(IMetadataDatabase database, AuditKey key, TimeProvider clock)
{
    /// <summary>A checkpoint stays behind at least every so many records, or every hour in which there are any.</summary>
    private const int KeepEvery = 1000;

    private static readonly TimeSpan KeepAfter = TimeSpan.FromHours(1);

    private readonly SegmentWriter _segments = new();
    private AuditCheckpoint? _kept;

    /// <summary>The last record that is durable. Read by verification, from other threads.</summary>
    public ChainLink Head { get; private set; } = ChainLink.Genesis;

    public async Task LoadAsync()
    {
        var last = await database.ReadAsync(SegmentRows.LastAsync);
        var head = await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Head));
        _kept = await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Kept));
        // Only what we signed is gone on from. Where records that were signed are gone, the chain goes on behind them, and the gap stays to be found;
        // where some were added, it goes on behind those, and that they are not in the next hash stays to be found as well.
        var link = head is not null && key.IsSigned(head) ? head.Link : ChainLink.Genesis;
        Head = link with { Sequence = Math.Max(link.Sequence, last is null ? 0 : last.Last()?.Sequence ?? last.FirstSequence) };
    }

    /// <param name="records">At least one.</param>
    /// <param name="settled">Pending changes whose outcome is among <paramref name="records"/>.</param>
    /// <returns>The records in their places, durable. Good until the next call.</returns>
    public async Task<AuditSegment> AppendAsync(IReadOnlyList<AuditRecord> records, IReadOnlyList<Guid> settled)
    {
        _segments.Begin(Head);
        foreach (var record in records)
            _segments.Add(record);
        var (segment, link, now) = (_segments.Segment, _segments.Last, clock.GetUtcNow());
        var head = key.Sign(CheckpointKind.Head, link, now);
        var kept = MustKeep(link, now) ? key.Sign(CheckpointKind.Kept, link, now) : null;
        await database.WriteAsync(db =>
        {
            SegmentRows.Insert(db, segment);
            PendingRows.Delete(db, settled);
            CheckpointRows.Put(db, head);
            if (kept is not null)
                CheckpointRows.Put(db, kept);
            return 0;
        });
        (Head, _kept) = (link, kept ?? _kept);
        return segment;
    }

    private bool MustKeep(ChainLink link, DateTimeOffset now) =>
        _kept is null || link.Sequence - _kept.Sequence >= KeepEvery || now - _kept.Time >= KeepAfter;
}
