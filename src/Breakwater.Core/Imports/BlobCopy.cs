using System.IO.Pipelines;
using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>Copies blobs as a client pushes them: what is there is left out, what another repository has is mounted, a broken transfer goes on where it ended.</summary>
internal sealed class BlobCopy(ImportStores stores, IImportSource source, BytePacer? pacer, ImportLimits limits, TimeProvider clock)
{
    /// <param name="mountFrom">A repository of the same registry that may have it; null: none.</param>
    /// <exception cref="OciException"><c>SourceInvalid</c>: the content has another digest or size; and all that a push may end with.</exception>
    public async Task RunAsync(RepositoryAccess target, RepositoryAccess? mountFrom, ManifestEdge edge, CancellationToken cancellationToken)
    {
        if (await stores.Blobs.FindForPushAsync(target, edge.Target) is not null)
            return;
        if (mountFrom is not null && mountFrom.Registry.Id == target.Registry.Id && await stores.Uploads.MountAsync(target, mountFrom, edge.Target))
            return;
        var upload = await stores.Uploads.StartAsync(target, edge.Target.Algorithm);
        try
        {
            await TransferAsync(target, upload.Id, edge, cancellationToken);
            await CommitAsync(target, upload.Id, edge.Target, cancellationToken);
        }
        catch
        {
            await DiscardAsync(target, upload.Id);
            throw;
        }
    }

    private async Task TransferAsync(RepositoryAccess target, Guid upload, ManifestEdge edge, CancellationToken cancellationToken)
    {
        var (at, failures) = (0L, 0);
        while (at < edge.SizeBytes)
        {
            var (reached, problem) = await AppendAsync(target, upload, edge, at, cancellationToken);
            // Without progress the source is given up after some attempts; with some, it goes on.
            failures = reached > at ? 0 : failures + 1;
            if (failures > limits.Retries)
                throw new OciException(ImportErrors.SourceUnreachable, $"The source broke off within blob {edge.Target}, again and again.", inner: problem);
            if (reached < edge.SizeBytes)
                await Task.Delay(limits.RetryDelay * (1 << Math.Max(0, failures - 1)), clock, cancellationToken);
            at = reached;
        }
    }

    /// <returns>How much has arrived in all, and why it is not all.</returns>
    private async Task<(long Reached, Exception? Problem)> AppendAsync(RepositoryAccess target, Guid upload, ManifestEdge edge, long at, CancellationToken cancellationToken)
    {
        IncomingStream? incoming = null;
        try
        {
            incoming = new IncomingStream(await source.OpenBlobAsync(edge.Target, at, cancellationToken), edge.SizeBytes - at, pacer, limits.Silence);
            var body = PipeReader.Create(incoming);
            return ((await stores.Uploads.AppendAsync(target, upload, at, new UploadBody(body, edge.SizeBytes - at), cancellationToken)).SizeBytes, null);
        }
        catch (IOException e)
        {
            return (at, e);
        }
        // The upload keeps what arrived, as of any client that breaks off.
        catch (OciException e) when (e.Error == OciErrors.BlobUploadInvalid && !cancellationToken.IsCancellationRequested)
        {
            if (incoming is { IsTooLong: true })
                throw new OciException(ImportErrors.SourceInvalid, $"The source sent more of blob {edge.Target} than its manifest says.", inner: e);
            return ((await stores.Uploads.FindAsync(target, upload, cancellationToken)).SizeBytes, e);
        }
        finally
        {
            if (incoming is not null)
                await incoming.DisposeAsync();
        }
    }

    private async Task CommitAsync(RepositoryAccess target, Guid upload, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            await stores.Uploads.CommitAsync(target, upload, digest, first: null, UploadBody.FromPipeReader(PipeReader.Create(Stream.Null)), cancellationToken);
        }
        catch (OciException e) when (e.Error == OciErrors.DigestInvalid)
        {
            throw new OciException(ImportErrors.SourceInvalid, $"The content that the source sent as blob {digest} has another digest. Nothing of it was kept.", inner: e);
        }
    }

    private async Task DiscardAsync(RepositoryAccess target, Guid upload)
    {
        try
        {
            await stores.Uploads.CancelAsync(target, upload, CancellationToken.None);
        }
        catch (OciException)
        {
            // It has ended already, or the database is away: the clean-up takes forgotten uploads.
        }
    }
}
