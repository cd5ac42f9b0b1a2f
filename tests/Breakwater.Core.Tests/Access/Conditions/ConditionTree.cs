namespace Breakwater.Core.Tests.Access.Conditions;

/// <summary>A condition as it is meant, with a verdict that is slow and obvious.</summary>
public abstract record ConditionTree
{
    public sealed record All(ConditionTree Left, ConditionTree Right) : ConditionTree;

    public sealed record Any(ConditionTree Left, ConditionTree Right) : ConditionTree;

    public sealed record Not(ConditionTree Inner) : ConditionTree;

    public sealed record Action(string Pattern) : ConditionTree;

    /// <param name="Values">Each in pieces: a character, a wildcard, or a backslash and the character it protects.</param>
    public sealed record Name(string Kind, bool Negated, bool IgnoreCase, bool IsSet, string[][] Values) : ConditionTree;

    /// <summary>
    /// Whether this is known to be <paramref name="wanted"/>. A negation asks for the contrary, down to the comparisons; without a name
    /// those are known to be neither.
    /// </summary>
    public bool Is(bool wanted, string action, string? name) => this switch
    {
        All all when wanted => all.Left.Is(true, action, name) && all.Right.Is(true, action, name),
        All all => all.Left.Is(false, action, name) || all.Right.Is(false, action, name),
        Any any when wanted => any.Left.Is(true, action, name) || any.Right.Is(true, action, name),
        Any any => any.Left.Is(false, action, name) && any.Right.Is(false, action, name),
        Not not => not.Inner.Is(!wanted, action, name),
        Action test => wanted == IsLike([.. test.Pattern.Select(c => c.ToString())], action, ignoreCase: true),
        Name test => name is not null && wanted == test.Values.Any(value => test.Negated != Compares(test, value, name)),
        _ => throw new InvalidOperationException("A kind of tree is missing."),
    };

    private static bool Compares(Name test, string[] value, string name)
    {
        var text = string.Concat(value.Select(piece => piece[^1]));
        var (left, right) = test.IgnoreCase ? (name.ToUpperInvariant(), text.ToUpperInvariant()) : (name, text);
        return test.Kind switch
        {
            "Equals" => left == right,
            "StartsWith" => left.Length >= right.Length && left[..right.Length] == right,
            _ => IsLike(value, name, test.IgnoreCase),
        };
    }

    private static bool IsLike(ReadOnlySpan<string> pieces, ReadOnlySpan<char> text, bool ignoreCase)
    {
        if (pieces.IsEmpty)
            return text.IsEmpty;
        if (pieces[0] == "*")
            return IsLike(pieces[1..], text, ignoreCase) || (!text.IsEmpty && IsLike(pieces, text[1..], ignoreCase));
        return !text.IsEmpty && (pieces[0] == "?" || Same(pieces[0][^1], text[0], ignoreCase)) && IsLike(pieces[1..], text[1..], ignoreCase);
    }

    private static bool Same(char a, char b, bool ignoreCase) =>
        ignoreCase ? char.ToUpperInvariant(a) == char.ToUpperInvariant(b) : a == b;
}
