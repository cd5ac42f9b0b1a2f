using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Referrers;
using Breakwater.Oci;

namespace Breakwater.Server.Distribution;

/// <summary>Listing referrers (end-12). Never 404: an unknown subject has no referrers.</summary>
internal sealed class ReferrerEndpoints(ReferrerStore referrers)
{
    // Keeps an answer near the 4 MiB that clients take for an index.
    private const int DefaultPage = 1_000;

    public async Task ListAsync(HttpContext context, RepositoryAccess access)
    {
        var subject = RouteText.Digest(context);
        var page = Paging.Parse(context.Request.Query["n"], context.Request.Query["last"]);
        string? artifactType = context.Request.Query["artifactType"];
        var type = string.IsNullOrEmpty(artifactType) ? null : artifactType;
        var limit = Math.Min(PageLimit.Clamp(page.N ?? DefaultPage), DefaultPage);
        var found = await referrers.ListAsync(access, subject, type, page.Last, limit);
        // A page may also end early, when its manifests are large.
        if (found.Count > 0 && await referrers.AnyAfterAsync(access, subject, type, found[^1].Digest))
            PageLimit.SetNext(context.Response, $"/v2/{access.Repository.Value}/referrers/{subject}", limit, found[^1].Digest.Value, type);
        if (type is not null)
            context.Response.Headers[HeaderNames.OciFiltersApplied] = "artifactType";
        await JsonAnswer.WriteAsync(context, JsonAnswer.Render(found, WriteIndex), MediaTypes.OciIndex);
    }

    private static void WriteIndex(Utf8JsonWriter json, IReadOnlyList<Referrer> found)
    {
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciIndex);
        json.WriteStartArray("manifests");
        foreach (var referrer in found)
            WriteDescriptor(json, referrer);
        json.WriteEndArray();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, Referrer referrer)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", referrer.MediaType);
        json.WriteString("digest", referrer.Digest.Value);
        json.WriteNumber("size", referrer.SizeBytes);
        if (referrer.ArtifactType is not null)
            json.WriteString("artifactType", referrer.ArtifactType);
        if (referrer.Annotations.Count > 0)
            WriteAnnotations(json, referrer.Annotations);
        json.WriteEndObject();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, IReadOnlyDictionary<string, string> annotations)
    {
        json.WriteStartObject("annotations");
        foreach (var (key, value) in annotations)
            json.WriteString(key, value);
        json.WriteEndObject();
    }
}
