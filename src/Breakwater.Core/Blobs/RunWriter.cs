using System.IO.Pipelines;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Storage;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>Takes one body into a session as a run of its own: digest, seal and write in one pass.</summary>
internal sealed class RunWriter(IMetadataDatabase database, BlobVault vault, StorageQuota quota)
{
    // From this size on a run is recorded, so that a killed process loses at most this much of an upload.
    private const long CheckpointSize = 4 << 20;

    // What is reserved ahead for a body of unknown length.
    private const long ReservationSize = 4 << 20;

    /// <summary>
    /// Reads the body to its end. When the client breaks off, what arrived is kept and the session stays usable.
    /// </summary>
    /// <param name="save">Makes the run and the session survive the process before it returns; not needed when a commit follows.</param>
    /// <exception cref="OciException"><c>Denied</c>: the registry has no room for it. <c>StorageFull</c> or <c>Unavailable</c>: the session goes on after its last sealed run.</exception>
    public async Task WriteAsync(Registry registry, UploadSession session, UploadBody body, bool save, CancellationToken cancellationToken)
    {
        if (await IsEmptyAsync(body.Reader, cancellationToken))
            return;
        await quota.ReserveAsync(registry, session.Reserved, session.SizeBytes + (body.Length ?? 0));
        try
        {
            session.Open = await vault.CreateAsync(session.RegistryId, cancellationToken);
            var broken = await CopyAsync(registry, session, session.Open, body.Reader, cancellationToken);
            await SealAsync(session, session.Open);
            if (save || broken is not null)
                await SaveAsync(session);
            if (broken is not null)
                throw BrokenOff(broken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.ToOciException(e);
        }
        finally
        {
            DropOpen(session);
            quota.Trim(session.RegistryId, session.Reserved, session.SizeBytes);
        }
    }

    // Durably, or the open run is dropped.
    private static async Task SealAsync(UploadSession session, VaultWriter open)
    {
        await open.CompleteAsync();
        session.Runs = session.Runs.Add(new UploadRun(session.Runs.Count, open.Id, open.Epoch, open.SizeBytes));
        Close(session, open);
    }

    // What is still open was not sealed: it and its bytes are given up.
    private void DropOpen(UploadSession session)
    {
        if (session.Open is not { } open)
            return;
        session.ForgetHash();
        Close(session, open);
        DeleteQuietly(open.Id);
    }

    private Task SaveAsync(UploadSession session)
    {
        session.IsStored = true;
        var run = session.Runs[^1];
        return session.Recorded = database.WriteAsync(db =>
        {
            if (!UploadRows.Save(db, session))
                throw new OciException(OciErrors.BlobUploadUnknown);
            UploadRows.SaveRun(db, session, run.Sequence, run.ObjectId, run.Epoch, run.SizeBytes);
            return true;
        });
    }

    /// <returns>Why the body did not come to its end; null when it did.</returns>
    private async Task<Exception?> CopyAsync(Registry registry, UploadSession session, VaultWriter target, PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var result = await ReadAsync(body, cancellationToken);
                foreach (var part in result.Buffer)
                {
                    session.Hash!.AppendData(part.Span);
                    target.Write(part.Span);
                }
                body.AdvanceTo(result.Buffer.End);
                if (session.SizeBytes > session.Reserved.Bytes)
                    await quota.ReserveAsync(registry, session.Reserved, session.SizeBytes, ReservationSize);
                if (target.SizeBytes >= CheckpointSize && session.RecordedRun != target.Id)
                    Record(session, target);
                if (result.IsCompleted)
                    return null;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ClientGoneException)
        {
            return e;
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

    private static OciException BrokenOff(Exception reason) =>
        new(OciErrors.BlobUploadInvalid, "The body broke off. What arrived was kept; ask for the upload's status.", inner: reason);

    // Not awaited: it only has to be there when the process dies later.
    private void Record(UploadSession session, VaultWriter target)
    {
        var (sequence, id, epoch) = (session.Runs.Count, target.Id, target.Epoch);
        session.RecordedRun = id;
        session.IsStored = true;
        session.Recorded = database.WriteAsync(db =>
        {
            if (!UploadRows.Save(db, session))
                return false;
            UploadRows.SaveRun(db, session, sequence, id, epoch, sizeBytes: null);
            return true;
        });
        _ = session.Recorded.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private static void Close(UploadSession session, VaultWriter open)
    {
        session.Open = null;
        open.Dispose();
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
