namespace Breakwater.Server.Access;

/// <summary>The path of a request target (RFC 9112 section 3.2) as the client sent it: not decoded, not normalised, without the query.</summary>
internal static class RequestTarget
{
    public static ReadOnlySpan<char> PathOf(string target)
    {
        var path = target.AsSpan();
        if (!path.StartsWith('/'))
            path = WithoutAuthority(path);
        var query = path.IndexOf('?');
        return query < 0 ? path : path[..query];
    }

    /// <summary>The absolute form, <c>http://host/path</c>, that clients send to proxies.</summary>
    private static ReadOnlySpan<char> WithoutAuthority(ReadOnlySpan<char> target)
    {
        var scheme = target.IndexOf("://");
        if (scheme < 0)
            return [];
        var rest = target[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        return slash < 0 ? [] : rest[slash..];
    }
}
