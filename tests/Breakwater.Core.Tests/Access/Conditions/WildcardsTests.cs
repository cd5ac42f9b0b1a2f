using Breakwater.Core.Access.Conditions;

namespace Breakwater.Core.Tests.Access.Conditions;

public sealed class WildcardsTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a", "", false)]
    [InlineData("?", "", false)]
    [InlineData("*", "", true)]
    [InlineData("**", "", true)]
    [InlineData("*a", "aba", true)]
    [InlineData("*ab", "aab", true)]
    [InlineData("a*b*c", "abxbc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("*?", "", false)]
    [InlineData("?*?", "ab", true)]
    [InlineData("?", "\uFFFF", true)]
    [InlineData("*", "\uFFFE\uD800", true)]
    public void Match_Pattern_TakesTheWholeText(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Wildcards.Match(string.Concat(pattern.Select(Wildcards.Mark)), text, ignoreCase: false));

    /// <summary>The other case of a letter is one bit away, and so are characters that are no letters.</summary>
    [Theory]
    [InlineData("a", "A", true)]
    [InlineData("Z", "z", true)]
    [InlineData("@", "`", false)]
    [InlineData("[", "{", false)]
    [InlineData("/", "\u000F", false)]
    [InlineData("k", "\u212A", false)]
    [InlineData("s", "\u017F", false)]
    [InlineData("a", "\u0141", false)]
    public void Match_IgnoringCase_ConcernsOnlyLettersOfAscii(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Wildcards.Match(pattern, text, ignoreCase: true));
}
