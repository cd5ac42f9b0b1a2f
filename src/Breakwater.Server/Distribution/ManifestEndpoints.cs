using Breakwater.Core.Access;
using Breakwater.Core.Manifests;
using Breakwater.Core.Tags;
using Breakwater.Oci;
using Breakwater.Server.Audit;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Distribution;

/// <summary>Pulling, pushing and deleting manifests (end-3, end-7, end-9).</summary>
internal sealed class ManifestEndpoints(ManifestStore manifests, TagStore tags)
{
    public async Task GetAsync(HttpContext context, RepositoryAccess access)
    {
        var reference = RouteText.Reference(context);
        var found = await manifests.FindForPullAsync(access, reference) ?? throw Unknown(reference);
        var manifest = found.Manifest;
        if (!Acceptance.Takes(context.Request.Headers.Accept, manifest.MediaType))
            throw new OciException(OciErrors.ManifestUnknown, $"The manifest is of type {manifest.MediaType}, which the Accept header leaves out.");
        var (response, isHead) = (context.Response, HttpMethods.IsHead(context.Request.Method));
        response.Headers.ETag = manifest.EntityTag;
        response.Headers[HeaderNames.DockerContentDigest] = manifest.Digest.Value;
        if (Preconditions.IsNotModified(context.Request, manifest.EntityTag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
        }
        else
        {
            response.ContentType = manifest.MediaType;
            response.ContentLength = manifest.Body.Length;
            if (!isHead)
                await response.BodyWriter.WriteAsync(manifest.Body, context.RequestAborted);
        }
        // A HEAD asks what is there; whoever is told that nothing has changed uses what it has.
        if (!isHead)
            manifests.Count(found);
    }

    public async Task PutAsync(HttpContext context, RepositoryAccess access)
    {
        var reference = RouteText.Reference(context);
        var moreTags = MoreTags(context.Request);
        var body = await RequestBody.ReadManifestAsync(context);
        var pushed = await manifests.PutAsync(access, reference, moreTags, body, context.Request.ContentType, EventRequests.Of(context));
        AuditTrail.Of(context).ArtifactType = pushed.ArtifactType;
        var response = context.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.Location = $"/v2/{access.Repository.Value}/manifests/{pushed.Digest}";
        response.Headers[HeaderNames.DockerContentDigest] = pushed.Digest.Value;
        if (pushed.Subject is not null)
            response.Headers[HeaderNames.OciSubject] = pushed.Subject.Value;
        if (moreTags.Count > 0)
            response.Headers[HeaderNames.OciTag] = new StringValues([.. moreTags.Select(t => t.Value)]);
    }

    public async Task DeleteAsync(HttpContext context, RepositoryAccess access)
    {
        var reference = RouteText.Reference(context);
        var deleted = reference.Digest is { } digest
            ? await manifests.DeleteAsync(access, digest, EventRequests.Of(context))
            : await tags.DeleteAsync(access, reference.Tag!) is not null;
        context.Response.StatusCode = deleted ? StatusCodes.Status202Accepted : throw Unknown(reference);
    }

    // OCI Distribution, "Pushing Manifests with Tags": the parameter stands with a digest only.
    private static IReadOnlyList<TagName> MoreTags(HttpRequest request)
    {
        var values = request.Query["tag"];
        return values.Count == 0 ? [] : [.. values.Distinct().Select(TagName.Parse)];
    }

    private static OciException Unknown(ManifestReference reference) => new(
        OciErrors.ManifestUnknown, detail: new Dictionary<string, string> { ["reference"] = reference.ToString() });
}
