namespace Breakwater.Oci;

/// <summary>The shapes that a tail can have below <c>/acr/v1/</c>. No part of a repository's name begins with an underscore, so they cannot be taken for one.</summary>
internal static class AcrPathTail
{
    private const string Tags = "_tags", Manifests = "_manifests";

    /// <summary>Where the tail begins; the path's length when the path is a repository's name alone; -1 when it ends in no known shape.</summary>
    internal static int Find(ReadOnlySpan<char> path)
    {
        var slash = path.LastIndexOf('/');
        var start = StartOfItem(path, slash);
        // A tag may be called "_tags" too: items come first.
        if (start == path.Length && path[(slash + 1)..] is (Tags or Manifests))
            start = slash + 1;
        var name = path[..start];
        return name.StartsWith('_') || name.Contains("/_", StringComparison.Ordinal) ? -1 : start;
    }

    private static int StartOfItem(ReadOnlySpan<char> path, int slash)
    {
        if (slash < 0 || slash == path.Length - 1)
            return path.Length;
        var before = path[..slash];
        var start = before.LastIndexOf('/') + 1;
        return before[start..] is Tags or Manifests ? start : path.Length;
    }
}
