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

    internal bool HasWildcard => Text.Contains('*', StringComparison.Ordinal);

    /// <summary>
    /// Whether it opens the data plane where it matches. ACR takes no wildcard over its own permissions for that: a custom role with
    /// <c>Microsoft.ContainerRegistry/registries/*</c> manages registries and reads no content.
    /// </summary>
    internal bool OpensData =>
        !HasWildcard || !Text.StartsWith("Microsoft.ContainerRegistry/", StringComparison.OrdinalIgnoreCase);

    public bool Matches(ReadOnlySpan<char> permission) => Wildcards.Match(_marked, permission, ignoreCase: true);

    public override string ToString() => Text;
}
