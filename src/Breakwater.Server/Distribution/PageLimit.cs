namespace Breakwater.Server.Distribution;

/// <summary>Pages of a list.</summary>
internal static class PageLimit
{
    /// <summary>The most entries in one answer; a client that asks for more gets these and a link.</summary>
    private const int Max = 10_000;

    public static int Clamp(int? n) => Math.Min(n ?? Max, Max);

    /// <summary>The next page (RFC 8288), relative to this host.</summary>
    public static void SetNext(HttpResponse response, string path, int limit, string last, string? artifactType = null)
    {
        var filter = artifactType is null ? "" : $"&artifactType={Uri.EscapeDataString(artifactType)}";
        response.Headers.Link = $"<{path}?n={limit}&last={Uri.EscapeDataString(last)}{filter}>; rel=\"next\"";
    }
}
