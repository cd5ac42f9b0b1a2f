namespace Breakwater.Core.Access.Conditions;

/// <summary>The parts of messages for people that several places need.</summary>
internal static class ConditionProblems
{
    private const int MaxExcerpt = 80;

    internal const string Attributes =
        "Use @Request[Microsoft.ContainerRegistry/registries/repositories:name] or the same with @Resource.";

    internal const string Functions = "Use ActionMatches{'...'}.";

    internal const string Operators =
        "Use StringEquals, StringNotEquals, StringStartsWith, StringNotStartsWith, StringLike or StringNotLike, or one of them with IgnoreCase "
        + "at its end; for a set ForAnyOfAnyValues: before StringEquals, StringNotEquals, StringLike or StringNotLike.";

    /// <summary>What stands at the token, for the middle of a sentence.</summary>
    internal static string Name(ConditionToken token) => token.Kind switch
    {
        ConditionTokenKind.End => "the end",
        ConditionTokenKind.Literal => "a text in quotes",
        _ => Quote(token.Text),
    };

    /// <summary>Characters that may not be seen are named by their number.</summary>
    internal static string Name(char c) => c is > ' ' and <= '~' ? $"'{c}'" : $"The character U+{(int)c:X4}";

    internal static string Quote(string text)
    {
        var excerpt = text.Length <= MaxExcerpt ? text : text[..MaxExcerpt] + "...";
        return $"'{new string([.. excerpt.Select(c => c is < ' ' or > '~' ? '?' : c)])}'";
    }
}
