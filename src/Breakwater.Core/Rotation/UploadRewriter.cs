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
    /// <returns>How many have content under old keys still: they are in use, or write some.</returns>
    public async Task<int> RunAsync(RootKeyRotation rotation, CancellationToken cancellationToken)
    {
        var busy = 0;
        var stored = await database.ReadAsync(db => RotationRows.UploadsAsync(db, rotation.RegistryId, rotation.Epoch));
        foreach (var id in stored.Union(uploads.Table.Of(rotation.RegistryId)))
        {
            if (await uploads.Table.FindAsync(id, cancellationToken) is not { } session)
                continue;
            // Rows may be old where memory has nothing of them: what follows a gap, or was given up.
            if ((stored.Contains(id) || IsOld(session, rotation.Epoch)) && !await RewriteAsync(session, rotation.Epoch, cancellationToken))
                busy++;
        }
        return busy;
    }

    private static bool IsOld(UploadSession session, int epoch) => session.Open?.Epoch < epoch || session.Runs.ToArray().Any(run => run.Epoch < epoch);

    /// <returns>False when a request has the session.</returns>
    private async Task<bool> RewriteAsync(UploadSession session, int epoch, CancellationToken cancellationToken)
    {
        UploadRun[] all = [.. session.Runs], old = all[..(Array.FindLastIndex(all, run => run.Epoch < epoch) + 1)];
        UploadRun? copy = null;
        var isReadable = true;
        try
        {
            copy = old.Length == 0 ? null : await reader.JoinAsync(session.RegistryId, old, cancellationToken);
        }
        catch (CorruptObjectException)
        {
            isReadable = false;
        }
        if (!await session.Gate.WaitAsync(0, cancellationToken))
        {
            Drop(copy);
            return false;
        }
        try
        {
            await ExchangeAsync(session, old, copy, isReadable);
            return !IsOld(session, epoch);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private async Task ExchangeAsync(UploadSession session, UploadRun[] old, UploadRun? copy, bool isReadable)
    {
        // Its files may have been given away while they were read.
        if (session.IsClosed)
            Drop(copy);
        else if (!isReadable)
            // Nothing can come of it any more; its client begins again.
            await uploads.DiscardAsync(session);
        else
            await ExchangeAsync(session, [.. new[] { copy }.OfType<UploadRun>().Concat(session.Runs.Skip(old.Length)).Select((run, sequence) => run with { Sequence = sequence })], copy);
    }

    private async Task ExchangeAsync(UploadSession session, List<UploadRun> runs, UploadRun? copy)
    {
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

    private void Drop(UploadRun? copy)
    {
        if (copy is not null)
            vault.Delete(copy.ObjectId);
    }
}
