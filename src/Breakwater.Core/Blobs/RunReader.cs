using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Blobs;

/// <summary>Reads the runs of a session again: to recover it, to rebuild its digest, to join them.</summary>
internal sealed class RunReader(IMetadataDatabase database, BlobVault vault, TimeProvider clock)
{
    // A blob of many small parts costs every pull an opened file each, and the rows of it memory; joining it costs one more write, once.
    private const int MostParts = 1000;
    private const long LeastAveragePart = 1 << 20;

    /// <summary>Loads the runs of a stored session. One whose writing was cut off is kept up to its last whole segment.</summary>
    public async Task RecoverAsync(UploadSession session, CancellationToken cancellationToken)
    {
        foreach (var row in await database.ReadAsync(db => UploadRows.RunsAsync(db, session.Id)))
        {
            // A gap: the run before was never written down. What follows it is of no use.
            if (row.Sequence != session.Runs.Count)
                break;
            var run = row.SizeBytes is { } size
                ? new UploadRun(row.Sequence, row.ObjectId, row.Epoch, size)
                : await RecoverAsync(session, row, cancellationToken);
            if (run is null)
                break;
            session.Runs = session.Runs.Add(run);
        }
    }

    /// <summary>Rebuilds the digest's state: it cannot be stored.</summary>
    public async Task RebuildHashAsync(UploadSession session, CancellationToken cancellationToken)
    {
        session.Restart(session.Algorithm);
        await ReadAllAsync(session.RegistryId, session.Runs, bytes => session.Hash!.AppendData(bytes), cancellationToken);
    }

    /// <summary>Whether runs may be a blob's content as they are, without a second write of all of it.</summary>
    public static bool CanStayApart(IReadOnlyCollection<UploadRun> runs) =>
        runs.Count == 1 || (runs.Count is > 1 and <= MostParts && runs.Sum(run => run.SizeBytes) >= runs.Count * LeastAveragePart);

    /// <summary>Joins runs into one durable object.</summary>
    public async Task<UploadRun> JoinAsync(Guid registryId, IReadOnlyList<UploadRun> runs, CancellationToken cancellationToken)
    {
        using var target = await vault.CreateAsync(registryId, cancellationToken);
        try
        {
            await ReadAllAsync(registryId, runs, target.Write, cancellationToken);
            await target.CompleteAsync();
        }
        catch
        {
            vault.Delete(target.Id);
            throw;
        }
        return new UploadRun(0, target.Id, target.Epoch, target.SizeBytes);
    }

    private delegate void Sink(ReadOnlySpan<byte> bytes);

    private async Task ReadAllAsync(Guid registryId, IReadOnlyList<UploadRun> runs, Sink sink, CancellationToken cancellationToken)
    {
        var buffer = SegmentBuffers.Plain.Get();
        try
        {
            foreach (var run in runs)
            {
                using var reader = await vault.OpenAsync(new SealedObject(registryId, run.ObjectId, run.Epoch, run.SizeBytes), cancellationToken);
                int read;
                for (long offset = 0; (read = reader.Read(offset, buffer)) > 0; offset += read)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    sink(buffer.AsSpan(0, read));
                }
            }
        }
        finally
        {
            SegmentBuffers.Plain.Return(buffer);
        }
    }

    // The cut-off object has no last segment, so its whole segments become an object of their own.
    private async Task<UploadRun?> RecoverAsync(UploadSession session, UploadRunRow row, CancellationToken cancellationToken)
    {
        using var cutOff = await vault.OpenUnfinishedAsync(session.RegistryId, row.ObjectId, row.Epoch, cancellationToken);
        using var target = await vault.CreateAsync(session.RegistryId, cancellationToken);
        if (cutOff is not null)
            CopyWholeSegments(cutOff, target);
        await target.CompleteAsync();
        var run = new UploadRun(row.Sequence, target.Id, target.Epoch, target.SizeBytes);
        await database.WriteAsync(db =>
        {
            UploadRows.SaveRun(db, session, run.Sequence, run.ObjectId, run.Epoch, run.SizeBytes);
            BlobRows.Discard(db, row.ObjectId, clock.GetUtcNow());
            return true;
        });
        return run;
    }

    private static void CopyWholeSegments(VaultReader cutOff, VaultWriter target)
    {
        var plain = new byte[Segments.PlainSize];
        var count = cutOff.CountWholeSegments();
        for (long i = 0; i < count && cutOff.TryReadWholeSegment(i, plain); i++)
            target.Write(plain);
    }
}
