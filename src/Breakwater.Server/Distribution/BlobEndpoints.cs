using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Breakwater.Server.Network;

namespace Breakwater.Server.Distribution;

/// <summary>Pulling and deleting blobs (end-2, end-10).</summary>
internal sealed class BlobEndpoints(BlobStore blobs, Bandwidth bandwidth, NetworkGate network, DataRedirect redirect)
{
    public async Task GetAsync(HttpContext context, RepositoryAccess access)
    {
        var digest = RouteText.Digest(context);
        var isHead = HttpMethods.IsHead(context.Request.Method);
        // A pusher that finds a blob will not send it: it must stay until the manifest comes.
        var found = isHead && access.Allows(RepositoryActions.Upload)
            ? await blobs.FindForPushAsync(access, digest)
            : await blobs.FindAsync(access, digest);
        var blob = found ?? throw Unknown(digest);
        if (access.Registry.Network.HasDataEndpoint && !isHead)
            await redirect.AnswerAsync(context, access, digest);
        else
            await AnswerAsync(context, access.Registry, blob);
    }

    /// <summary>Gives out a blob that the caller may pull, or the part of it that is asked for.</summary>
    public async Task AnswerAsync(HttpContext context, Registry registry, Blob blob)
    {
        var headers = context.Response.Headers;
        headers.ETag = blob.EntityTag;
        headers.AcceptRanges = "bytes";
        headers[HeaderNames.DockerContentDigest] = blob.Digest.Value;
        if (Preconditions.IsNotModified(context.Request, blob.EntityTag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = "application/octet-stream";
        var range = SelectRange(context, blob);
        if (!HttpMethods.IsHead(context.Request.Method) && range.Kind != RangeKind.Unsatisfiable)
            await SendAsync(context, registry, blob, range);
    }

    public async Task DeleteAsync(HttpContext context, RepositoryAccess access)
    {
        var digest = RouteText.Digest(context);
        if (!await TryDeleteAsync(context, access, digest))
            throw Unknown(digest);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task<bool> TryDeleteAsync(HttpContext context, RepositoryAccess access, Digest digest)
    {
        try
        {
            return await blobs.DeleteAsync(access, digest);
        }
        catch (OciException e) when (e.Error == OciErrors.Unsupported)
        {
            // RFC 9110, 15.5.6: a 405 says what the resource takes at present.
            context.Response.Headers.Allow = "GET, HEAD";
            throw;
        }
    }

    private static RangeResult SelectRange(HttpContext context, Blob blob)
    {
        var response = context.Response;
        var range = HttpMethods.IsGet(context.Request.Method) && Preconditions.RangeApplies(context.Request, blob.EntityTag)
            ? RangeHeader.Parse(context.Request.Headers.Range, blob.SizeBytes)
            : default;
        switch (range.Kind)
        {
            case RangeKind.Satisfiable:
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = $"bytes {range.Range.First}-{range.Range.Last}/{blob.SizeBytes}";
                response.ContentLength = range.Range.Last - range.Range.First + 1;
                return range;
            case RangeKind.Unsatisfiable:
                response.Headers.ContentRange = $"bytes */{blob.SizeBytes}";
                throw new OciException(OciErrors.RangeNotSatisfiable);
            default:
                response.ContentLength = blob.SizeBytes;
                return range;
        }
    }

    private async Task SendAsync(HttpContext context, Registry registry, Blob blob, RangeResult range)
    {
        var body = PacedWriter.Of(context.Response.BodyWriter, bandwidth.Download(registry));
        var (first, count) = range.Kind == RangeKind.Satisfiable ? (range.Range.First, range.Range.Last - range.Range.First + 1) : (0, blob.SizeBytes);
        if (await blobs.ReadSmallAsync(blob, context.RequestAborted) is { } small)
        {
            await body.WriteAsync(small.AsMemory((int)first, (int)count), context.RequestAborted);
            return;
        }
        using var reader = blobs.Open(blob);
        // A first segment that does not authenticate must become an error, not a broken 200.
        await reader.PrepareAsync(first, context.RequestAborted);
        await context.Response.StartAsync(context.RequestAborted);
        await reader.CopyToAsync(new GuardedWriter(body, network.RightOf(context, registry)), first, count, context.RequestAborted);
    }

    private static OciException Unknown(Digest digest) => new(OciErrors.BlobUnknown, detail: new Dictionary<string, string> { ["digest"] = digest.Value });
}
