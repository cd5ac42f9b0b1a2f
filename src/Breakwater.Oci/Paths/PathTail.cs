namespace Breakwater.Oci;

/// <summary>The shapes that a tail can have. Distribution specification, "Endpoints".</summary>
internal static class PathTail
{
    private const string Uploads = "blobs/uploads/";
    private const string TagsList = "tags/list";

    /// <summary>Where the tail begins; -1 when the path ends in no known shape. The character before the beginning, if any, is a slash.</summary>
    internal static int Find(ReadOnlySpan<char> path)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 0)
            return -1;
        var last = path[(slash + 1)..];
        var before = path[..slash];
        var word = before[(before.LastIndexOf('/') + 1)..];
        return word switch
        {
            "uploads" => StartOf(path[..(slash + 1)], Uploads),
            "manifests" or "blobs" or "referrers" when !last.IsEmpty => slash - word.Length,
            "tags" when last is "list" => slash - word.Length,
            _ => -1,
        };
    }

    /// <summary>The two tails that are always the same are not allocated.</summary>
    internal static string ToText(ReadOnlySpan<char> tail) => tail switch
    {
        TagsList => TagsList,
        Uploads => Uploads,
        _ => tail.ToString(),
    };

    private static int StartOf(ReadOnlySpan<char> path, string tail)
    {
        var start = path.Length - tail.Length;
        return path.EndsWith(tail) && (start == 0 || path[start - 1] == '/') ? start : -1;
    }
}
