namespace Breakwater.Oci;

/// <summary>
/// Cuts <c>/v2/&lt;name&gt;/&lt;tail&gt;</c>, <c>/acr/v1/&lt;name&gt;[/&lt;tail&gt;]</c> and <c>/acr/v1/_deleted/&lt;name&gt;/&lt;tail&gt;</c> into name and tail. Names hold slashes, and words like <c>manifests</c> or <c>tags</c> are legal in them, so the tail is cut
/// from the right, where its shape is fixed. Encoded slashes and colons are decoded first and once, so that everything after it, authorization included, sees one name.
/// </summary>
public static class RepositoryPathSplitter
{
    private const string Distribution = "/v2/", AcrDataPlane = "/acr/v1/", AcrDeleted = "/acr/v1/_deleted/";

    /// <summary>The server's inner form of these paths; clients must not reach it.</summary>
    private const char InnerForm = '~';

    private const int StackChars = 512;

    /// <param name="rawPath">The path of the request target as it came: not decoded, without the query.</param>
    /// <returns>Never throws, whatever the text.</returns>
    public static PathSplitResult Split(ReadOnlySpan<char> rawPath)
    {
        if (rawPath.StartsWith(Distribution))
            return Split(rawPath[Distribution.Length..], PathApi.Distribution);
        // No repository's name begins with an underscore.
        if (rawPath.StartsWith(AcrDeleted))
            return Split(rawPath[AcrDeleted.Length..], PathApi.AcrDeleted);
        return rawPath.StartsWith(AcrDataPlane) ? Split(rawPath[AcrDataPlane.Length..], PathApi.AcrDataPlane) : default;
    }

    private static PathSplitResult Split(ReadOnlySpan<char> rest, PathApi api)
    {
        if (!rest.Contains('%'))
            return SplitDecoded(rest, api);

        var decoded = rest.Length <= StackChars ? stackalloc char[StackChars] : new char[rest.Length];
        return PathDecoder.TryDecode(rest, decoded, out var length)
            ? SplitDecoded(decoded[..length], api)
            : new PathSplitResult(PathSplitKind.Malformed, null);
    }

    private static PathSplitResult SplitDecoded(ReadOnlySpan<char> path, PathApi api)
    {
        if (!path.IsEmpty && path[0] == InnerForm)
            return new PathSplitResult(PathSplitKind.NameInvalid, null);

        // A tail needs a slash and at least nothing before it: "manifests/v1" alone has no name.
        var start = api == PathApi.Distribution ? PathTail.Find(path) : AcrPathTail.Find(path);
        if (start <= 0)
            return default;
        return RepositoryName.TryParse(start == path.Length ? path : path[..(start - 1)], out var name)
            ? new PathSplitResult(PathSplitKind.Ok, new RepositoryPath(name, PathTail.ToText(path[start..]), api))
            : new PathSplitResult(PathSplitKind.NameInvalid, null);
    }
}
