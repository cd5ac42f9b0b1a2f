using System.Data.Common;
using Breakwater.Oci;

namespace Breakwater.Core.Audit;

/// <summary>What the log's one background task does with the queue's entries. Not safe for use by several threads.</summary>
internal sealed class AuditWriter(AuditChain chain, AuditRetention retention, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1), RetentionInterval = TimeSpan.FromMinutes(1);

    private readonly BurstFilter _bursts = new();
    private readonly CancellationTokenSource _stop = new();
    private long? _prunedAt;

    public Action<IReadOnlyList<ChainedRecord>>? Written { get; set; }

    public Action<string>? Problem { get; set; }

    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>No more waiting for the database to come back, nor pruning.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    public AuditRecord Lost(long count) => new()
    {
        Time = clock.GetUtcNow(),
        Category = AuditCategory.Administration,
        Operation = AuditOperations.Lost,
        Status = 0,
        Description = "Pulls or refusals came faster than their records could be written.",
        Count = count,
    };

    /// <param name="last">Bursts end now.</param>
    public async Task WriteAsync(IReadOnlyList<AuditEntry> entries, bool last)
    {
        var batch = new AuditBatch();
        foreach (var entry in entries)
            batch.Add(entry, _bursts);
        batch.Records.AddRange(_bursts.Close(last ? DateTimeOffset.MaxValue : clock.GetUtcNow()));
        if (batch.Records.Count > 0)
            await StoreAsync(batch);
        batch.Complete();
        if (!_stop.IsCancellationRequested)
            await PruneAsync();
    }

    private async Task StoreAsync(AuditBatch batch)
    {
        while (true)
        {
            try
            {
                Tell(await chain.AppendAsync(batch.Records, batch.Settled));
                return;
            }
            catch (Exception e) when (e is OciException or DbException)
            {
                batch.Fail(e as OciException ?? new OciException(OciErrors.Unavailable, inner: e));
                Problem?.Invoke($"{batch.Records.Count} records could not be written: {e.InnerException?.Message ?? e.Message}");
                if (_stop.IsCancellationRequested)
                    return;
                await ReloadAsync();
            }
            await Task.Delay(RetryDelay, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Tell(AuditSegment segment)
    {
        // Whoever gets the records may keep them, and the segment's buffer is used again.
        if (Written is { } written)
            written([.. (segment with { Payload = segment.Payload.ToArray() }).Records().Select(record => record.Read())]);
    }

    /// <summary>Somebody else's row in the next place would refuse ours for ever; behind it they fit, and verification finds it.</summary>
    private async Task ReloadAsync()
    {
        try
        {
            await chain.LoadAsync();
        }
        catch (Exception e) when (e is OciException or DbException)
        {
            // The database cannot be read now: the next try comes here again.
        }
    }

    private async Task PruneAsync()
    {
        if (_prunedAt is { } pruned && clock.GetElapsedTime(pruned) < RetentionInterval)
            return;
        _prunedAt = clock.GetTimestamp();
        try
        {
            if (await retention.RunAsync(chain.Head.Sequence, _stop.Token) is { } problem)
                Problem?.Invoke(problem);
        }
        catch (Exception e) when (e is OciException or DbException)
        {
            Problem?.Invoke($"Old records could not be taken away: {e.InnerException?.Message ?? e.Message}");
        }
    }
}
