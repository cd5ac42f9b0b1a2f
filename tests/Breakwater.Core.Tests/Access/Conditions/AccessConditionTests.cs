using Breakwater.Core.Access.Conditions;
using static Breakwater.Core.Tests.Access.Conditions.ConditionTexts;

namespace Breakwater.Core.Tests.Access.Conditions;

public sealed class AccessConditionTests
{
    [Theory]
    [InlineData(Reader)]
    [InlineData($"{Name} StringEquals 'a'")]
    [InlineData($" \t\r\n{Name}StringEquals'a' ")]
    [InlineData("@RESOURCE[microsoft.containerregistry/Registries/repositories:NAME] stringnotstartswithIGNORECASE 'a'")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringEqualsIgnoreCase {{'a', 'b','c'}}")]
    [InlineData($"{Name} foranyofanyvalues:stringnotlike {{'a'}}")]
    [InlineData("actionmatches { '*' }")]
    [InlineData("NOT ActionMatches{'a'} && !ActionMatches{'b'} or not(ActionMatches{'c'})||ActionMatches{'d'}")]
    [InlineData("!!NOT!(ActionMatches{'a'})")]
    [InlineData($@"{Name} StringLike '\'\\\*\?*?""()[]{{}} ~'")]
    public void Parse_ConditionOfTheGrammar_KeepsItsText(string text)
    {
        Assert.Equal(text, AccessCondition.Parse(text).Text);
        Assert.Equal(text, AccessCondition.Parse(text).ToString());
        Assert.True(AccessCondition.TryParse(text, out var condition, out var problem));
        Assert.Equal(text, condition.Text);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("StringEquals")]
    [InlineData("StringEqualsIgnoreCase")]
    [InlineData("StringNotEquals")]
    [InlineData("StringNotEqualsIgnoreCase")]
    [InlineData("StringStartsWith")]
    [InlineData("StringStartsWithIgnoreCase")]
    [InlineData("StringNotStartsWith")]
    [InlineData("StringNotStartsWithIgnoreCase")]
    [InlineData("StringLike")]
    [InlineData("StringLikeIgnoreCase")]
    [InlineData("StringNotLike")]
    [InlineData("StringNotLikeIgnoreCase")]
    public void Parse_EveryOperator_IsAcceptedAndInSetsAsInAzure(string op)
    {
        AccessCondition.Parse($"{Name} {op} 'a'");

        var acceptsSets = AccessCondition.TryParse($"{Name} ForAnyOfAnyValues:{op} {{'a'}}", out _, out _);
        Assert.Equal(!op.Contains("StartsWith", StringComparison.Ordinal), acceptsSets);
    }

    /// <summary>The place counts from one; the words are what the author needs to find the remedy.</summary>
    [Theory]
    [InlineData("", 1, "Found the end")]
    [InlineData("  ", 3, "Found the end")]
    [InlineData("()", 2, "Found ')'")]
    [InlineData("(ActionMatches{'a'}", 20, "Expected AND, OR or ')'")]
    [InlineData("ActionMatches{'a'})", 19, "Expected AND, OR or the end")]
    [InlineData("ActionMatches{'a'} ActionMatches{'b'}", 20, "Expected AND, OR or the end")]
    [InlineData("ActionMatches{'a'} AND", 23, "Found the end")]
    [InlineData("OR ActionMatches{'a'}", 1, "Found 'OR'")]
    [InlineData("ActionMatches{'a'} AND OR ActionMatches{'a'}", 24, "Found 'OR'")]
    [InlineData("NOT", 4, "Found the end")]
    [InlineData("ActionMatches{'a'} & ActionMatches{'b'}", 20, "Write &&")]
    [InlineData("ActionMatches{'a'} | ActionMatches{'b'}", 20, "Write ||")]
    [InlineData("ActionMatches('a')", 14, "'{' and an action")]
    [InlineData("ActionMatches{a}", 15, "an action in single quotes")]
    [InlineData("ActionMatches{}", 15, "an action in single quotes")]
    [InlineData("ActionMatches{''}", 16, "The action is empty")]
    [InlineData("ActionMatches{'a b'}", 17, "cannot be in an action")]
    [InlineData(@"ActionMatches{'a\*'}", 17, "'\\' cannot be in an action")]
    [InlineData("ActionMatches{'a?'}", 17, "'?' cannot be in an action")]
    [InlineData("ActionMatches{'a', 'b'}", 18, "join several with OR")]
    [InlineData("ActionMatches{'a'", 18, "Found the end")]
    [InlineData("SubOperationMatches{'Blob.List'}", 1, "suboperations")]
    [InlineData("!(ActionMatches{'a'} AND suboperationmatches{'b'})", 26, "suboperations")]
    [InlineData($"Exists {Name}", 1, "'Exists' is not a function. Use ActionMatches")]
    [InlineData("true", 1, "'true' is not a function")]
    [InlineData("'a' StringEquals 'a'", 1, "Found a text in quotes")]
    [InlineData("{'a'} ForAnyOfAnyValues:StringEquals {'a'}", 1, "Found '{'")]
    [InlineData("@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Team_Name] StringEquals 'a'", 1, "is not an attribute here. Use @Request[")]
    [InlineData("@Environment[UtcNow] DateTimeGreaterThan '2026-01-01T00:00:00.0Z'", 1, "is not an attribute here")]
    [InlineData("@Request[Microsoft.ContainerRegistry/registries/repositories:tag] StringEquals 'a'", 1, "is not an attribute here")]
    [InlineData("@Request[Microsoft.ContainerRegistry/registries/repositories:name ] StringEquals 'a'", 1, "is not an attribute here")]
    [InlineData("@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'a'}", 1, "is not an attribute here")]
    [InlineData("@Request[Microsoft", 1, "The attribute has no end")]
    [InlineData("Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'a'", 1, "'Request' is not a function")]
    [InlineData($"{Name} 'a'", 68, "Expected an operator")]
    [InlineData($"{Name} = 'a'", 68, "'=' has no meaning here")]
    [InlineData($"{Name} StringContains 'a'", 68, "'StringContains' is not an operator here. Use StringEquals")]
    [InlineData($"{Name} NumericEquals 1", 68, "'NumericEquals' is not an operator here")]
    [InlineData($"{Name} ForAllOfAnyValues:StringEquals {{'a'}}", 68, "'ForAllOfAnyValues:StringEquals' is not an operator here")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringStartsWith {{'a'}}", 68, "is not an operator here")]
    [InlineData($"{Name} StringEquals", 80, "Found the end. Expected one text")]
    [InlineData($"{Name} StringEquals {{'a'}}", 81, "ForAnyOfAnyValues")]
    [InlineData($"{Name} StringEquals 'a', 'b'", 84, "Found ','")]
    [InlineData($"{Name} StringEquals \"a\"", 81, "single quotes")]
    [InlineData($"{Name} StringStartsWith ''", 85, "The text is empty")]
    [InlineData($"{Name} StringEquals 'a", 81, "never closed")]
    [InlineData($@"{Name} StringEquals 'a\'", 81, "never closed")]
    [InlineData($@"{Name} StringEquals '\", 81, "never closed")]
    [InlineData($@"{Name} StringEquals 'a\n'", 83, "backslash")]
    [InlineData($@"{Name} StringEquals 'a\é'", 83, "backslash")]
    [InlineData($"{Name} StringEquals 'a\n'", 83, "U+000A")]
    [InlineData($"{Name} StringEquals 'na\u00EFve'", 84, "U+00EF")]
    [InlineData($"{Name} StringEqualsIgnoreCase '\u212A'", 92, "U+212A")]
    [InlineData($"{Name}\u00A0StringEquals 'a'", 67, "U+00A0 has no meaning")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringEquals 'a'", 99, "a set such as")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringEquals {{}}", 100, "Expected a text in single quotes")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringEquals {{'a',}}", 104, "Expected a text in single quotes")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringEquals {{'a' 'b'}}", 104, "Expected ',' or '}'")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringEquals {{'a'", 103, "Expected ',' or '}'")]
    [InlineData($"{Name} ForAnyOfAnyValues:StringEquals {{'a', ''}}", 105, "The text is empty")]
    [InlineData("ActionMatches{'a'} AND \u2028", 24, "U+2028")]
    public void Parse_AnythingElse_IsRefusedWithPlaceAndRemedy(string text, int place, string words)
    {
        var refusal = Assert.Throws<FormatException>(() => AccessCondition.Parse(text));
        Assert.StartsWith($"Character {place}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);

        Assert.False(AccessCondition.TryParse(text, out var condition, out var problem));
        Assert.Null(condition);
        Assert.Equal(refusal.Message, problem);
    }

    [Fact]
    public void TryParse_NoText_IsRefused()
    {
        Assert.False(AccessCondition.TryParse(null, out _, out var problem));
        Assert.Contains("missing", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LongWord_IsQuotedShort()
    {
        var refusal = Assert.Throws<FormatException>(() => AccessCondition.Parse(new string('x', AccessCondition.MaxLength)));
        Assert.True(refusal.Message.Length < 200);
    }
}
