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
        var found = PageLimit.Cut(await referrers.ListAsync(access, subject, type, page.Last, limit + 1), limit, out var more);
        if (more)
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
        if (referrer.Annotations is not null)
        {
            json.WritePropertyName("annotations");
            json.WriteRawValue(referrer.Annotations);
        }
        json.WriteEndObject();
    }
}
