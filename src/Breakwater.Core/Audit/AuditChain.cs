using Breakwater.Core.Metadata;

namespace Breakwater.Core.Audit;

/// <summary>Appends to the chain. It has one user at a time, the log's writer.</summary>
internal sealed class AuditChain(IMetadataDatabase database, AuditKey key, TimeProvider clock)
{
    /// <summary>A checkpoint stays behind at least every so many records, or every hour in which there are any.</summary>
    private const int KeepEvery = 1000;

    private static readonly TimeSpan KeepAfter = TimeSpan.FromHours(1);

    private readonly ChainHash _hash = new();
    private AuditCheckpoint? _kept;

    /// <summary>The last record that is durable. Read by verification, from other threads.</summary>
    public ChainLink Head { get; private set; } = ChainLink.Genesis;

    public async Task LoadAsync()
    {
        var last = (await database.ReadAsync(db => AuditRows.ListAsync(db, "TRUE ORDER BY sequence DESC LIMIT 1", new { }))).SingleOrDefault();
        var head = await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Head));
        _kept = await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Kept));
        // Where records that were signed are gone, the chain goes on behind them, and the gap stays to be found.
        Head = last is not null && last.Sequence >= (head?.Sequence ?? 0) ? new ChainLink(last.Sequence, last.Hash) : head?.Link ?? ChainLink.Genesis;
    }

    /// <param name="settled">Pending changes whose outcome is among <paramref name="records"/>.</param>
    /// <returns>The records in their places, durable.</returns>
    public async Task<IReadOnlyList<ChainedRecord>> AppendAsync(IReadOnlyList<AuditRecord> records, IReadOnlyList<Guid> settled)
    {
        var (link, chained) = (Head, new List<ChainedRecord>(records.Count));
        foreach (var record in records)
        {
            link = _hash.Next(link, record);
            chained.Add(new ChainedRecord(link.Sequence, record, link.Hash));
        }
        var now = clock.GetUtcNow();
        var head = key.Sign(CheckpointKind.Head, link, now);
        var kept = MustKeep(link, now) ? key.Sign(CheckpointKind.Kept, link, now) : null;
        await database.WriteAsync(db =>
        {
            AuditRows.Insert(db, chained);
            AuditRows.DeletePending(db, settled);
            CheckpointRows.Put(db, head);
            if (kept is not null)
                CheckpointRows.Put(db, kept);
            return 0;
        });
        (Head, _kept) = (link, kept ?? _kept);
        return chained;
    }

    private bool MustKeep(ChainLink link, DateTimeOffset now) =>
        _kept is null || link.Sequence - _kept.Sequence >= KeepEvery || now - _kept.Time >= KeepAfter;
}
