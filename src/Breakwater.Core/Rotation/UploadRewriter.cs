using System.Data.Common;
using Breakwater.Core.Blobs;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Rotation;

/// <summary>Encrypts what uploads have stored so far anew under the current root key: their runs become one. Their clients notice nothing.</summary>
internal sealed class UploadRewriter(IMetadataDatabase database, BlobVault vault, BlobUploads uploads, RunReader reader, TimeProvider clock)
{
    /// <returns>How many are in use and have content under old keys, or write some.</returns>
    public async Task<int> RunAsync(RootKeyRotation rotation, CancellationToken cancellationToken)
    {
        var busy = 0;
        var stored = await database.ReadAsync(db => RotationRows.UploadsAsync(db, rotation.RegistryId, rotation.Epoch));
        foreach (var id in stored.Union(uploads.Table.Of(rotation.RegistryId)))
        {
            if (await uploads.Table.FindAsync(id, cancellationToken) is not { } session || !(stored.Contains(id) || IsOld(session, rotation.Epoch)))
                continue;
            if (!await session.Gate.WaitAsync(0, cancellationToken))
                busy++;
            else
                await RewriteAsync(session, rotation.Epoch, cancellationToken);
        }
        return busy;
    }

    private static bool IsOld(UploadSession session, int epoch) => session.Open?.Epoch < epoch || session.Runs.ToArray().Any(run => run.Epoch < epoch);

    private async Task RewriteAsync(UploadSession session, int epoch, CancellationToken cancellationToken)
    {
        try
        {
            if (!session.IsClosed)
                await RenewAsync(session, epoch, cancellationToken);
        }
        catch (CorruptObjectException)
        {
            // Nothing can come of it any more; its client begins again.
            await uploads.DiscardAsync(session);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    // Rows may be old where memory has nothing of them: what follows a gap, or was given up.
    private async Task RenewAsync(UploadSession session, int epoch, CancellationToken cancellationToken)
    {
        IReadOnlyList<UploadRun> runs = IsOld(session, epoch) ? [await reader.JoinAsync(session, cancellationToken)] : [.. session.Runs];
        if (await database.WriteAsync(db => Replace(db, session, runs)))
        {
            session.Runs.Clear();
            session.Runs.AddRange(runs);
            return;
        }
        foreach (var run in runs.Except(session.Runs))
            vault.Delete(run.ObjectId);
    }

    /// <returns>False when the session has ended.</returns>
    private bool Replace(DbConnection db, UploadSession session, IReadOnlyList<UploadRun> runs)
    {
        if (UploadRows.HasEnded(db, session))
            return false;
        foreach (var run in session.Runs.Except(runs))
            BlobRows.Discard(db, run.ObjectId, clock.GetUtcNow());
        if (session.IsStored && UploadRows.Save(db, session))
            UploadRows.ReplaceRuns(db, session, runs, clock.GetUtcNow());
        return true;
    }
}
