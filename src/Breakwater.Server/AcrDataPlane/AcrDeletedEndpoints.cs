using System.Globalization;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Manifests;
using Breakwater.Core.Repositories;
using Breakwater.Core.SoftDelete;
using Breakwater.Oci;
using Breakwater.Server.Distribution;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>What was deleted and can be restored. az reads <c>digest</c>, <c>tag</c> and <c>deletedAt</c>; of several manifests of one tag it restores the last of the list.</summary>
internal sealed class AcrDeletedEndpoints(DeletedArtifacts deleted, ArtifactRestore restore)
{
    // Ours: which of the deletions of "last" was the last one seen.
    private const string LastId = "lastid";

    private static readonly byte[] ListStart = """{"repositories":["""u8.ToArray();
    private static readonly byte[] ListEnd = "]}"u8.ToArray();

    public async Task ListRepositoriesAsync(HttpContext context, RegistryAccess access)
    {
        var list = Parse(context.Request.Query);
        var names = await deleted.ListRepositoriesAsync(access, list.Query.Last, list.Query.Limit);
        if (names.LastBeforeMore is { } last)
            list.SetNext(context.Response, AcrRoutes.DeletedCatalog, last, default);
        await JsonAnswer.WriteAsync(context, ListStart, names.Json, ListEnd);
    }

    public async Task ListManifestsAsync(HttpContext context, RepositoryAccess access)
    {
        var list = Parse(context.Request.Query);
        var page = await deleted.ListManifestsAsync(access, list.Query.Last, list.Query.Limit);
        if (page is { HasMore: true, Items: [.., var last] })
            list.SetNext(context.Response, $"/acr/v1/_deleted/{access.Repository}/_manifests", last.Digest, default);
        await JsonAnswer.WriteAsync(context, JsonAnswer.Render(page.Items, (json, items) =>
        {
            AcrJson.WriteOwner(json, context, access);
            AcrJson.WriteArray(json, "manifests", items, WriteManifest);
        }));
    }

    public async Task ListTagsAsync(HttpContext context, RepositoryAccess access)
    {
        var list = Parse(context.Request.Query).Query;
        var page = await deleted.ListTagsAsync(access, new DeletedTagQuery(list.Last, IdOf(context.Request.Query[LastId]), list.Limit));
        if (page is { HasMore: true, Items: [.., var last] })
            context.Response.Headers.Link = $"</acr/v1/_deleted/{access.Repository}/_tags?last={last.Name}&n={list.Limit}&{LastId}={last.Sequence}>; rel=\"next\"";
        await JsonAnswer.WriteAsync(context, JsonAnswer.Render(page.Items, (json, items) =>
        {
            AcrJson.WriteOwner(json, context, access);
            AcrJson.WriteArray(json, "tags", items, WriteTag);
        }));
    }

    public async Task RestoreAsync(HttpContext context, RepositoryAccess access)
    {
        var digest = RouteText.Digest(context);
        var force = ForceOf(context.Request.Query["force"]);
        var tag = await RestoreBody.ReadTagAsync(context);
        var restored = await restore.RestoreAsync(access, digest, tag, force, EventRequests.Of(context)) ?? throw new OciException(
            OciErrors.ManifestUnknown, "There is nothing of this to restore.", new Dictionary<string, string> { ["reference"] = digest.Value });
        context.Response.Headers[HeaderNames.DockerContentDigest] = digest.Value;
        // As of a push: the tags that were set, and no more of them than a push sets.
        if (restored.Tags.Count <= ManifestStore.MaxTags)
            context.Response.Headers[HeaderNames.OciTag] = new StringValues([.. restored.Tags.Select(set => set.Value)]);
        await JsonAnswer.WriteAsync(context, JsonAnswer.Render(restored, (json, found) =>
        {
            AcrJson.WriteOwner(json, context, access);
            json.WriteString("digest", found.Digest.Value);
            json.WriteString("mediaType", found.MediaType);
            AcrJson.WriteTexts(json, "tags", [.. found.Tags.Select(set => set.Value)]);
            AcrJson.WriteTexts(json, "manifestsRestored", [.. found.Manifests.Select(manifest => manifest.Value)]);
        }));
    }

    private static AcrList Parse(IQueryCollection query)
    {
        var list = AcrList.Parse(query);
        return list.Query.Order == ItemOrder.Name
            ? list
            : throw new OciException(OciErrors.BadRequest, "Lists of what was deleted have one order. Leave orderby out.");
    }

    private static long? IdOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new OciException(OciErrors.BadRequest, $"{LastId} is not valid. Follow the Link header, or begin anew.");
    }

    // az writes what Python does: True and False.
    private static bool ForceOf(string? text) => string.IsNullOrEmpty(text)
        ? false
        : bool.TryParse(text, out var force) ? force : throw new OciException(OciErrors.BadRequest, "force is neither true nor false. Nothing was changed.");

    private static void WriteManifest(Utf8JsonWriter json, DeletedManifestProperties manifest)
    {
        json.WriteString("digest", manifest.Digest);
        json.WriteString("mediaType", manifest.MediaType);
        json.WriteNumber("imageSize", manifest.ImageSizeBytes);
        AcrJson.WriteTime(json, "createdTime", manifest.CreatedAt);
        AcrJson.WriteTime(json, "deletedAt", manifest.DeletedAt);
        if (manifest.Tags.Count > 0)
            AcrJson.WriteTexts(json, "tags", manifest.Tags);
    }

    private static void WriteTag(Utf8JsonWriter json, DeletedTagProperties tag)
    {
        json.WriteString("tag", tag.Name);
        json.WriteString("digest", tag.Digest);
        AcrJson.WriteTime(json, "deletedAt", tag.DeletedAt);
    }
}
