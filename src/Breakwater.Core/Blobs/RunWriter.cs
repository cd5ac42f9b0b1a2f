using System.IO.Pipelines;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>Takes one body into a session: digest, seal and write in one pass.</summary>
internal sealed class RunWriter(IMetadataDatabase database, BlobVault vault)
{
    // From this size on a run's beginning is recorded, so that a killed process loses at most this much of an upload.
    private const long CheckpointSize = 4 << 20;

    /// <summary>
    /// Reads the body to its end. When the client breaks off, what arrived is kept and the session stays usable.
    /// </summary>
    /// <returns>The run, durable; null when the body was empty.</returns>
    /// <exception cref="OciException"><c>StorageFull</c> or <c>Unavailable</c>: nothing of this body is kept.</exception>
    public async Task<UploadRun?> WriteAsync(UploadSession session, PipeReader body, CancellationToken cancellationToken)
    {
        if (await IsEmptyAsync(body, cancellationToken))
            return null;
        using var target = await CreateAsync(session, cancellationToken);
        try
        {
            Exception? broken = null;
            try
            {
                await CopyAsync(session, body, target, cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or ClientGoneException)
            {
                broken = e;
            }
            var run = await FinishAsync(session, target, save: broken is not null);
            return broken is null ? run : throw BrokenOff(broken);
        }
        catch (IOException e)
        {
            session.ForgetHash();
            DeleteQuietly(target.Id);
            throw StorageFailure.ToOciException(e);
        }
    }

    // The last request of most uploads has no body: no object is made for it.
    private static async ValueTask<bool> IsEmptyAsync(PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ReadAsync(body, cancellationToken);
            body.AdvanceTo(result.Buffer.Start);
            return result is { IsCompleted: true, Buffer.IsEmpty: true };
        }
        catch (Exception e) when (e is OperationCanceledException or ClientGoneException)
        {
            throw BrokenOff(e);
        }
    }

    private static OciException BrokenOff(Exception reason) =>
        new(OciErrors.BlobUploadInvalid, "The body broke off. What arrived was kept; ask for the upload's status.", inner: reason);

    private async ValueTask<VaultWriter> CreateAsync(UploadSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.CreateAsync(session.RegistryId, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.ToOciException(e);
        }
    }

    private async Task CopyAsync(UploadSession session, PipeReader body, VaultWriter target, CancellationToken cancellationToken)
    {
        var recorded = false;
        while (true)
        {
            var result = await ReadAsync(body, cancellationToken);
            foreach (var part in result.Buffer)
            {
                session.Hash!.AppendData(part.Span);
                target.Write(part.Span);
            }
            body.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
            if (!recorded && target.SizeBytes >= CheckpointSize)
            {
                recorded = true;
                RecordBeginning(session, target);
            }
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (IOException e)
        {
            // A broken connection, not a broken disk.
            throw new ClientGoneException(e);
        }
    }

    // Not awaited: it only has to be there when the process dies later.
    private void RecordBeginning(UploadSession session, VaultWriter target)
    {
        var (sequence, id, epoch) = (session.Runs.Count, target.Id, target.Epoch);
        session.IsStored = true;
        _ = database.WriteAsync(db =>
        {
            UploadRows.Save(db, session);
            UploadRows.SaveRun(db, session.Id, sequence, id, epoch, sizeBytes: null);
            return true;
        }).ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task<UploadRun?> FinishAsync(UploadSession session, VaultWriter target, bool save)
    {
        if (target.SizeBytes == 0)
        {
            DeleteQuietly(target.Id);
            return null;
        }
        await target.CompleteAsync();
        var run = new UploadRun(session.Runs.Count, target.Id, target.Epoch, target.SizeBytes);
        session.Runs.Add(run);
        session.SizeBytes += run.SizeBytes;
        if (save)
            await SaveAsync(session, run);
        return run;
    }

    /// <summary>Makes the session and its newest run survive a restart.</summary>
    public Task SaveAsync(UploadSession session, UploadRun run)
    {
        session.IsStored = true;
        return database.WriteAsync(db =>
        {
            UploadRows.Save(db, session);
            UploadRows.SaveRun(db, session.Id, run.Sequence, run.ObjectId, run.Epoch, run.SizeBytes);
            return true;
        });
    }

    private void DeleteQuietly(Guid id)
    {
        try
        {
            vault.Delete(id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No row means the file: the sweeper takes it later.
        }
    }
}
