namespace Breakwater.Server.Distribution;

/// <summary>Conditional requests (RFC 9110 section 13). Content never changes under its digest, so entity tags are strong.</summary>
internal static class Preconditions
{
    /// <summary>Whether the client has this content already: the answer is 304.</summary>
    public static bool IsNotModified(HttpRequest request, string entityTag)
    {
        foreach (var line in request.Headers.IfNoneMatch)
        {
            if (line is not null && (line == "*" || line.Contains(entityTag, StringComparison.Ordinal)))
                return true;
        }
        return false;
    }

    /// <summary>Whether a Range header counts: without If-Range, or when that names this very content.</summary>
    public static bool RangeApplies(HttpRequest request, string entityTag) =>
        request.Headers.IfRange is var condition && (condition.Count == 0 || condition == entityTag);
}
