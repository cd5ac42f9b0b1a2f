using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Blobs;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Rotation;

/// <summary>
/// Encrypts what uploads have stored so far anew under the current root key: their old runs become one. They are copied while the client may send more; only the
/// exchange takes the session's turn.
/// </summary>
internal sealed class UploadRewriter(IMetadataDatabase database, BlobVault vault, BlobUploads uploads, RunReader reader, TimeProvider clock)
{
    /// <param name="endsWhatIsUsed">Whether uploads that requests hold are given up: they have had their time.</param>
    /// <returns>How many have content under old keys still: they are in use, or write some.</returns>
    public async Task<int> RunAsync(RootKeyRotation rotation, RewritePace pace, bool endsWhatIsUsed, CancellationToken cancellationToken)
    {
        var busy = 0;
        var stored = await database.ReadAsync(db => RotationRows.UploadsAsync(db, rotation.RegistryId, rotation.Epoch));
        foreach (var id in stored.Union(uploads.Table.Of(rotation.RegistryId)))
        {
            if (await TryRewriteAsync(id, stored.Contains(id), rotation.Epoch, pace, cancellationToken))
                continue;
            if (endsWhatIsUsed)
                await database.WriteAsync(db => End(db, id));
            else
                busy++;
        }
        return busy;
    }

    private static bool IsOld(UploadSession session, int epoch) => session.Open?.Epoch < epoch || session.Runs.Any(run => run.Epoch < epoch);

    /// <param name="isStored">Rows of it are old; they may be where memory has nothing of them: what follows a gap, or was given up.</param>
    /// <returns>False when something is left under an old key.</returns>
    private async Task<bool> TryRewriteAsync(Guid id, bool isStored, int epoch, RewritePace pace, CancellationToken cancellationToken)
    {
        try
        {
            return await uploads.Table.FindAsync(id, cancellationToken) is not { } session
                || !(isStored || IsOld(session, epoch))
                || await RewriteAsync(session, epoch, pace, cancellationToken);
        }
        catch (Exception e) when (e is CorruptObjectException or IOException)
        {
            // It cannot even be loaded. Others can.
            return false;
        }
    }

    /// <returns>False when a request has the session.</returns>
    private async Task<bool> RewriteAsync(UploadSession session, int epoch, RewritePace pace, CancellationToken cancellationToken)
    {
        // A copy that cannot be put in its place would be made at every look.
        if (session.Gate.CurrentCount == 0)
            return false;
        var old = session.Runs.GetRange(0, session.Runs.FindLastIndex(run => run.Epoch < epoch) + 1);
        var (copy, isReadable) = await CopyAsync(session, old, cancellationToken);
        await pace.SpendAsync(copy?.SizeBytes ?? 0, cancellationToken);
        if (!await session.Gate.WaitAsync(0, cancellationToken))
        {
            Drop(copy);
            return false;
        }
        try
        {
            // Its files may have been given away while they were read.
            if (session.IsClosed)
                Drop(copy);
            else if (isReadable)
                await ExchangeAsync(session, old.Count, copy);
            else
                // Nothing can come of it any more; its client begins again.
                await uploads.DiscardAsync(session);
            return session.IsClosed || !IsOld(session, epoch);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private async Task<(UploadRun? Copy, bool IsReadable)> CopyAsync(UploadSession session, ImmutableList<UploadRun> old, CancellationToken cancellationToken)
    {
        try
        {
            return (old.Count == 0 ? null : await reader.JoinAsync(session.RegistryId, old, cancellationToken), true);
        }
        catch (CorruptObjectException)
        {
            return (null, false);
        }
    }

    private async Task ExchangeAsync(UploadSession session, int oldCount, UploadRun? copy)
    {
        ImmutableList<UploadRun> runs = [.. new[] { copy }.OfType<UploadRun>().Concat(session.Runs.Skip(oldCount)).Select((run, sequence) => run with { Sequence = sequence })];
        if (await database.WriteAsync(db => Replace(db, session, runs)))
            session.Runs = runs;
        else
            Drop(copy);
    }

    /// <returns>False when the session has ended.</returns>
    private bool Replace(DbConnection db, UploadSession session, IReadOnlyList<UploadRun> runs)
    {
        if (UploadRows.HasEnded(db, session))
            return false;
        foreach (var run in session.Runs.ExceptBy(runs.Select(kept => kept.ObjectId), run => run.ObjectId))
            BlobRows.Discard(db, run.ObjectId, clock.GetUtcNow());
        if (session.IsStored && UploadRows.Save(db, session))
            UploadRows.ReplaceRuns(db, session, runs, clock.GetUtcNow());
        return true;
    }

    // What memory has of it finds that it is gone, or that its key is closed.
    private bool End(DbConnection db, Guid id)
    {
        UploadRows.DiscardRuns(db, id, [], clock.GetUtcNow());
        UploadRows.Delete(db, id);
        return true;
    }

    private void Drop(UploadRun? copy)
    {
        if (copy is not null)
            vault.Delete(copy.ObjectId);
    }
}
