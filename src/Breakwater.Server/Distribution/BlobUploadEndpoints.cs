using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;
using Breakwater.Server.Network;

namespace Breakwater.Server.Distribution;

/// <summary>Pushing blobs (end-4, end-5, end-6, end-11, end-13, end-14).</summary>
internal sealed class BlobUploadEndpoints(BlobUploads uploads, Bandwidth bandwidth, NetworkGate network)
{
    public async Task StartAsync(HttpContext context, RepositoryAccess access)
    {
        var query = context.Request.Query;
        if (query["mount"] is [{ } mount] && await TryMountAsync(context, access, Digest.Parse(mount)))
            return;
        var digest = query["digest"] is [{ } text] ? Digest.Parse(text) : null;
        var status = await uploads.StartAsync(access, digest?.Algorithm ?? RequestedAlgorithm(query["digest-algorithm"]));
        if (digest is null)
        {
            AnswerStatus(context, access, status, StatusCodes.Status202Accepted);
            return;
        }
        RequestBody.LiftLimit(context);
        AuditTrail.Of(context).SizeBytes = await uploads.CommitAsync(access, status.Id, digest, first: null, BodyOf(context, access), context.RequestAborted);
        AnswerCreated(context, access, digest);
    }

    public async Task GetAsync(HttpContext context, RepositoryAccess access) =>
        AnswerStatus(context, access, await uploads.FindAsync(access, RouteText.UploadId(context), context.RequestAborted), StatusCodes.Status204NoContent);

    public async Task AppendAsync(HttpContext context, RepositoryAccess access)
    {
        var id = RouteText.UploadId(context);
        RequestBody.LiftLimit(context);
        try
        {
            var status = await uploads.AppendAsync(access, id, FirstByte(context.Request), BodyOf(context, access), context.RequestAborted);
            AnswerStatus(context, access, status, StatusCodes.Status202Accepted);
        }
        catch (OciException e) when (e.Error == OciErrors.RangeInvalid)
        {
            // The client learns where to go on (OCI Distribution, "Pushing a blob in chunks").
            AnswerStatus(context, access, await uploads.FindAsync(access, id, context.RequestAborted), e.Error.Status);
            throw;
        }
    }

    public async Task CommitAsync(HttpContext context, RepositoryAccess access)
    {
        var id = RouteText.UploadId(context);
        var digest = Digest.Parse(context.Request.Query["digest"]);
        RequestBody.LiftLimit(context);
        AuditTrail.Of(context).SizeBytes = await uploads.CommitAsync(access, id, digest, FirstByte(context.Request), BodyOf(context, access), context.RequestAborted);
        AnswerCreated(context, access, digest);
    }

    public async Task CancelAsync(HttpContext context, RepositoryAccess access)
    {
        await uploads.CancelAsync(access, RouteText.UploadId(context), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Two proofs: to push here and to pull there. Without the second the client uploads.
    private async Task<bool> TryMountAsync(HttpContext context, RepositoryAccess access, Digest digest)
    {
        foreach (var source in await SourcesAsync(context, access, digest))
        {
            if (AccessGate.TryGetRepositoryAccess(context, source, RepositoryActions.Pull) is not { } from || !await uploads.MountAsync(access, from, digest))
                continue;
            AnswerCreated(context, access, digest);
            return true;
        }
        return false;
    }

    private async Task<IReadOnlyList<RepositoryName>> SourcesAsync(HttpContext context, RepositoryAccess access, Digest digest)
    {
        if (context.Request.Query["from"] is [{ Length: > 0 } from])
            return RepositoryName.TryParse(from, out var name) ? [name] : [];
        return await uploads.FindSourcesAsync(access, digest);
    }

    private static DigestAlgorithm RequestedAlgorithm(string? text) => text switch
    {
        null or "" or "sha256" => DigestAlgorithm.Sha256,
        "sha512" => DigestAlgorithm.Sha512,
        _ => throw new OciException(OciErrors.DigestInvalid, "The digest algorithm is not supported. Use sha256 or sha512."),
    };

    private UploadBody BodyOf(HttpContext context, RepositoryAccess access) =>
        new(new GuardedReader(PacedReader.Of(context.Request.BodyReader, bandwidth.Upload(access.Registry)), network.RightOf(context, access.Registry)), context.Request.ContentLength);

    private static long? FirstByte(HttpRequest request)
    {
        string? text = request.Headers.ContentRange;
        if (text is null)
            return null;
        if (!ContentRange.TryParse(text, out var first, out var last))
            throw new OciException(OciErrors.RangeInvalid, "The Content-Range header is not of the form first-last.");
        if (request.ContentLength is { } length && length != last - first + 1)
            throw new OciException(OciErrors.SizeInvalid, $"The Content-Range header announces {last - first + 1} bytes, the body has {length}.");
        return first;
    }

    private static void AnswerStatus(HttpContext context, RepositoryAccess access, UploadStatus status, int code)
    {
        var id = status.Id.ToString("N");
        context.Response.StatusCode = code;
        context.Response.Headers.Location = $"/v2/{access.Repository.Value}/blobs/uploads/{id}";
        context.Response.Headers.Range = $"0-{Math.Max(0, status.SizeBytes - 1)}";
        context.Response.Headers[HeaderNames.DockerUploadUuid] = id;
    }

    private static void AnswerCreated(HttpContext context, RepositoryAccess access, Digest digest)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/v2/{access.Repository.Value}/blobs/{digest}";
        context.Response.Headers[HeaderNames.DockerContentDigest] = digest.Value;
    }
}
