using Breakwater.Core.Access.Conditions;

namespace Breakwater.Core.Access;

/// <summary>A permission of a role definition: a name, or with <c>*</c> for any text. Compared without regard to case, as ARM does.</summary>
public readonly record struct PermissionPattern
{
    private readonly string _marked;

    /// <param name="text">For instance <c>Microsoft.ContainerRegistry/registries/pull/read</c>, <c>*/read</c> or <c>*</c>.</param>
    public PermissionPattern(string text)
    {
        Text = text;
        _marked = text.Replace('*', Wildcards.Run);
    }

    public string Text { get; }

    public bool HasWildcard => Text.Contains('*', StringComparison.Ordinal);

    /// <summary>
    /// Whether it opens the data plane where it matches: a permission named in full, or the wildcards over everything that Owner, Contributor and
    /// Reader have (<c>*</c>, <c>*/read</c>). ACR takes no wildcard over its own permissions: a custom role with
    /// <c>Microsoft.ContainerRegistry/registries/*</c> manages registries and reads no content. Nor does any other wildcard, however it is spelled.
    /// </summary>
    internal bool OpensData => !HasWildcard || Text == "*" || (Text.StartsWith("*/", StringComparison.Ordinal) && Text.AsSpan(2).IndexOfAny('/', '*') < 0);

    public bool Matches(ReadOnlySpan<char> permission) => Wildcards.Match(_marked, permission, ignoreCase: true);

    public override string ToString() => Text;
}
