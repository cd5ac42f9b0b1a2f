namespace Breakwater.Oci;

/// <summary>
/// Cuts <c>/v2/&lt;name&gt;/&lt;tail&gt;</c> into name and tail. Names hold slashes, and words like <c>manifests</c> or <c>tags</c> are legal in them, so the tail is cut
/// from the right, where its shape is fixed. Encoded slashes and colons are decoded first and once, so that everything after it, authorization included, sees one name.
/// </summary>
public static class RepositoryPathSplitter
{
    private const string Prefix = "/v2/";

    /// <summary>The server's inner form of these paths; clients must not reach it.</summary>
    private const char InnerForm = '~';

    private const int StackChars = 512;

    /// <param name="rawPath">The path of the request target as it came: not decoded, without the query.</param>
    /// <returns>Never throws, whatever the text.</returns>
    public static PathSplitResult Split(ReadOnlySpan<char> rawPath)
    {
        if (!rawPath.StartsWith(Prefix))
            return default;
        var rest = rawPath[Prefix.Length..];
        if (!rest.Contains('%'))
            return SplitDecoded(rest);

        var decoded = rest.Length <= StackChars ? stackalloc char[StackChars] : new char[rest.Length];
        return PathDecoder.TryDecode(rest, decoded, out var length)
            ? SplitDecoded(decoded[..length])
            : new PathSplitResult(PathSplitKind.Malformed, null);
    }

    private static PathSplitResult SplitDecoded(ReadOnlySpan<char> path)
    {
        if (!path.IsEmpty && path[0] == InnerForm)
            return new PathSplitResult(PathSplitKind.NameInvalid, null);

        // A tail needs a slash and at least nothing before it: "manifests/v1" alone has no name.
        var start = PathTail.Find(path);
        if (start <= 0)
            return default;
        return RepositoryName.TryParse(path[..(start - 1)], out var name)
            ? new PathSplitResult(PathSplitKind.Ok, new RepositoryPath(name, PathTail.ToText(path[start..])))
            : new PathSplitResult(PathSplitKind.NameInvalid, null);
    }
}
