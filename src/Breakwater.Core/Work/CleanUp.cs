using Breakwater.Core.Blobs;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Work;

/// <summary>
/// Clean-up without downtime. No marking and no sweeping of what is live: blobs whose references changed are reviewed one by one, each
/// decision in the transaction that carries it out, and files follow their rows some minutes later, each by its own id. A registry whose key may not be
/// used now is left alone.
/// </summary>
public sealed class CleanUp(IMetadataDatabase database, CoherentCache cache, KeyRing keys, BlobVault vault, BlobUploads uploads, TimeProvider clock, CleanUpOptions options)
{
    private const int Batch = 200;

    // A file that no row means is taken only after this long: longer than any body takes from its last byte to its row.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    private IReadOnlyCollection<Guid> Closed => [.. keys.Blocked.Keys];

    /// <summary>Held while files must stay: a backup copies them.</summary>
    internal SemaphoreSlim FileGate { get; } = new(1, 1);

    /// <summary>What a run at this moment would take, and what it would leave for now.</summary>
    public Task<IReadOnlyList<ReviewedBlob>> PreviewAsync() =>
        database.ReadAsync(db => Task.FromResult(Reviews.Decide(db, clock.GetUtcNow(), int.MaxValue, Closed, all: true)));

    /// <summary>Reviews what is due, ends forgotten uploads, removes files whose time has come.</summary>
    public async Task<CleanUpReport> RunAsync(CancellationToken cancellationToken)
    {
        var expired = await ExpireUploadsAsync(cancellationToken);
        var blobs = await ReviewAsync(cancellationToken);
        await FileGate.WaitAsync(cancellationToken);
        try
        {
            var files = await RemoveFilesAsync(cancellationToken);
            return new CleanUpReport(blobs, expired, files);
        }
        finally
        {
            FileGate.Release();
        }
    }

    /// <summary>Removes files that no row means: what a killed process left behind.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        var before = clock.GetUtcNow() - OrphanAge;
        var held = uploads.Table.HeldObjects();
        foreach (var file in vault.List().Where(f => f.LastWritten < before && !held.Contains(f.Id)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await database.ReadAsync(db => Task.FromResult(ObjectRows.IsKnown(db, file.Id))))
                continue;
            vault.Delete(file.Id);
            removed++;
        }
        return removed;
    }

    private async Task<int> ReviewAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var taken = await database.WriteAsync(db => Reviews.Apply(db, clock.GetUtcNow(), Batch, Closed));
            foreach (var blob in taken.Removed)
                cache.Invalidate(new BlobKey(blob.RepositoryId, blob.Digest));
            removed += taken.Removed.Count;
            if (taken.Reviewed < Batch)
                break;
        }
        return removed;
    }

    private async Task<int> ExpireUploadsAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Lease;
        var count = 0;
        foreach (var session in uploads.Table.Idle(before))
        {
            if (keys.ProblemOf(session.RegistryId) is not null || !await session.Gate.WaitAsync(0, cancellationToken))
                continue;
            if (!session.IsClosed)
                await uploads.DiscardAsync(session);
            session.Gate.Release();
            count++;
        }
        return count + await database.WriteAsync(db => ObjectRows.ExpireUploads(db, before, clock.GetUtcNow(), (id, registry) => uploads.Table.IsOpen(id) || keys.ProblemOf(registry) is not null));
    }

    private async Task<int> RemoveFilesAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var due = await database.ReadAsync(db => Task.FromResult(ObjectRows.Discarded(db, clock.GetUtcNow() - options.FileDelay, Batch)));
            foreach (var id in due)
                vault.Delete(id);
            await database.WriteAsync(db => ObjectRows.Forget(db, due));
            removed += due.Count;
            if (due.Count < Batch)
                break;
        }
        return removed;
    }
}
