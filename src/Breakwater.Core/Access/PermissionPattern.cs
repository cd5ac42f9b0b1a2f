namespace Breakwater.Core.Access;

/// <summary>A permission of a role definition: a name, or with <c>*</c> for any text. Compared without regard to case, as ARM does.</summary>
public readonly record struct PermissionPattern
{
    /// <param name="text">For instance <c>Microsoft.ContainerRegistry/registries/pull/read</c>, <c>*/read</c> or <c>*</c>.</param>
    public PermissionPattern(string text) => Text = text;

    public string Text { get; }

    /// <summary>
    /// Whether it opens the data plane where it matches. ACR takes no wildcard over its own permissions for that: a custom role with
    /// <c>Microsoft.ContainerRegistry/registries/*</c> manages registries and reads no content.
    /// </summary>
    internal bool OpensData =>
        !Text.Contains('*', StringComparison.Ordinal) || !Text.StartsWith("Microsoft.ContainerRegistry/", StringComparison.OrdinalIgnoreCase);

    public bool Matches(ReadOnlySpan<char> permission)
    {
        var pattern = Text.AsSpan();
        var star = pattern.IndexOf('*');
        if (star < 0)
            return permission.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        if (!permission.StartsWith(pattern[..star], StringComparison.OrdinalIgnoreCase))
            return false;
        return MatchesAfterStar(pattern[(star + 1)..], permission[star..]);
    }

    public override string ToString() => Text;

    // Leftmost matches first: with stars only, what a later piece could match an earlier choice never spoils.
    private static bool MatchesAfterStar(ReadOnlySpan<char> pattern, ReadOnlySpan<char> rest)
    {
        while (true)
        {
            var star = pattern.IndexOf('*');
            if (star < 0)
                return rest.EndsWith(pattern, StringComparison.OrdinalIgnoreCase);
            var found = rest.IndexOf(pattern[..star], StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            rest = rest[(found + star)..];
            pattern = pattern[(star + 1)..];
        }
    }
}
