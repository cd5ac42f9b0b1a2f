namespace Breakwater.Server.Access;

/// <summary>The path of a request target (RFC 9112 section 3.2) as the client sent it: not decoded, not normalised, without the query.</summary>
/// <remarks>Routing goes by another reading of the same text, so what two readers could read differently is no path here.</remarks>
internal static class RequestTarget
{
    /// <returns>Empty when it has none.</returns>
    public static ReadOnlySpan<char> PathOf(string target)
    {
        // The query first: it may hold slashes, and an absolute form may have no path before it.
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var rest = query < 0 ? target.AsSpan() : target.AsSpan(0, query);
        return rest.StartsWith('/') ? rest : WithoutAuthority(rest);
    }

    /// <summary>The absolute form, <c>http://host/path</c>, that clients send to proxies.</summary>
    private static ReadOnlySpan<char> WithoutAuthority(ReadOnlySpan<char> target)
    {
        // To System.Uri, by which Kestrel reads this form, a backslash is a slash, and a fragment ends the path or the authority.
        if (SchemeOf(target) is not { Length: > 0 } scheme || target.ContainsAny('\\', '#'))
            return [];
        var rest = target[scheme.Length..];
        var slash = rest.IndexOf('/');
        return slash < 0 ? [] : rest[slash..];
    }

    private static string SchemeOf(ReadOnlySpan<char> target) =>
        target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://" : target.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://" : "";
}
