using System.Diagnostics;
using Breakwater.Core.Access.Conditions;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Access.Conditions.ConditionTexts;

namespace Breakwater.Core.Tests.Access.Conditions;

public sealed class AccessConditionLimitTests
{
    private const string Test = "ActionMatches{'a'}";

    [Fact]
    public void Parse_Length_IsBounded()
    {
        AccessCondition.Parse(Test.PadRight(AccessCondition.MaxLength));
        AssertRefused(Test.PadRight(AccessCondition.MaxLength + 1), "8192 are allowed");
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("!", "")]
    [InlineData("NOT ", "")]
    public void Parse_Nesting_IsBounded(string open, string close)
    {
        AccessCondition.Parse(Nested(open, close, AccessCondition.MaxDepth));
        AssertRefused(Nested(open, close, AccessCondition.MaxDepth + 1), "nested deeper than 32");
        AssertRefused(string.Concat(Enumerable.Repeat(open, AccessCondition.MaxLength / open.Length)), "nested deeper than 32");
    }

    [Fact]
    public void Parse_GroupsBesideEachOther_AreNotNested() =>
        AccessCondition.Parse(string.Join(" AND ", Enumerable.Repeat($"(!({Test}))", 50)));

    [Theory]
    [InlineData(AccessCondition.MaxNodes - 1, true)]
    [InlineData(AccessCondition.MaxNodes, false)]
    public void Parse_ValuesOfASet_AreBounded(int values, bool isAccepted)
    {
        var text = $"{Name} ForAnyOfAnyValues:StringEquals {{{string.Join(',', Enumerable.Repeat("'a'", values))}}}";
        if (isAccepted)
            AccessCondition.Parse(text);
        else
            AssertRefused(text, "more than 512 parts");
    }

    /// <summary>The shortest test has 17 characters, so negations fill the rest: 230 tests, their chain, and 281 or 282 negations.</summary>
    [Theory]
    [InlineData(AccessCondition.MaxNodes, true)]
    [InlineData(AccessCondition.MaxNodes + 1, false)]
    public void Parse_Operators_AreBounded(int nodes, bool isAccepted)
    {
        const int Tests = 230;
        var negations = nodes - Tests - 1;
        var text = string.Join("&&", Enumerable.Range(0, Tests).Select(i => new string('!', (negations + i) / Tests) + Test));
        if (isAccepted)
            AccessCondition.Parse(text);
        else
            AssertRefused(text, "more than 512 parts");
    }

    /// <summary>Each value fails half-way at each of the name's characters: about a millisecond for all that fit.</summary>
    [Fact]
    public void Allows_SlowestPatterns_AreBounded()
    {
        var values = Enumerable.Repeat($"'*{new string('a', 127)}b*'", 60);
        var condition = AccessCondition.Parse($"{Name} ForAnyOfAnyValues:StringLike {{{string.Join(',', values)}}}");
        var name = RepositoryName.Parse(new string('a', RepositoryName.MaxLength));

        var clock = Stopwatch.StartNew();
        Assert.False(condition.Allows(ContentRead, name));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Allows_Anything_AllocatesNothing()
    {
        var condition = AccessCondition.Parse($"{Reader} AND !({Name} ForAnyOfAnyValues:StringLikeIgnoreCase {{'A*', '?b'}})");
        var name = RepositoryName.Parse("nginx");
        condition.Allows(ContentRead, name);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            condition.Allows(ContentRead, name);
            condition.Allows(ContentWrite, null);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + Test + string.Concat(Enumerable.Repeat(close, depth));

    private static void AssertRefused(string text, string words)
    {
        var refusal = Assert.Throws<FormatException>(() => AccessCondition.Parse(text));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
