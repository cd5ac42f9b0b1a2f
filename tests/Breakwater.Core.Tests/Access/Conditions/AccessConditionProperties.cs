using Breakwater.Core.Access.Conditions;
using Breakwater.Oci;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Breakwater.Core.Tests.Access.Conditions.ConditionTexts;

namespace Breakwater.Core.Tests.Access.Conditions;

[Properties(Arbitrary = [typeof(ConditionTrees)], MaxTest = 2000)]
public sealed class AccessConditionProperties
{
    private static readonly string[] Actions = [ContentRead, ContentWrite, MetadataRead, CatalogRead];

    private static readonly RepositoryName?[] Names =
        [null, .. new[] { "a", "b", "ab", "aa", "a/b", "a/b/a", "b/a" }.Select(name => RepositoryName.Parse(name))];

    private static readonly string[] Seeds =
    [
        Reader,
        $"{Name} StringNotStartsWith 'a/' && !(ActionMatches{{'*/read'}} || NOT {Name} StringEquals 'b')",
        $@"{Name} ForAnyOfAnyValues:StringNotLikeIgnoreCase {{'a*', '\'?', 'b\\'}} OR {Name} StringLike '*'",
    ];

    private static readonly string[] Pieces =
    [
        "(", ")", "{", "}", ",", "!", "&&", "||", "&", "|", "'", "\\", "\\'", "@", "[", "]", " AND ", " OR ", " NOT ", "ActionMatches", "{'a'}", "'a'", "*", "?", "\0", "\u00E9", "\uFFFE",
        "\uFFFF", "\uD800", Name, " StringEquals ", " ForAnyOfAnyValues:StringLike ", "StringFoo", "1",
    ];

    [Property]
    public void Allows_AnySpellingOfATree_AgreesWithTheOracle(ConditionTree tree, int seed)
    {
        var condition = AccessCondition.Parse(ConditionPrinter.Print(tree, seed));

        foreach (var action in Actions)
        {
            foreach (var name in Names)
                Assert.Equal(tree.Is(true, action, name?.Value), condition.Allows(action, name));
        }
    }

    /// <summary>Whether a condition is written or its contrary, it never gives both, and with a name it gives one of them.</summary>
    [Property]
    public void Allows_ConditionAndItsContrary_ShareNothing(ConditionTree tree, int seed)
    {
        var text = ConditionPrinter.Print(tree, seed);
        var (condition, contrary) = (AccessCondition.Parse(text), AccessCondition.Parse($"NOT({text})"));

        foreach (var name in Names)
        {
            Assert.False(condition.Allows(ContentRead, name) && contrary.Allows(ContentRead, name));
            Assert.True(name is null || condition.Allows(ContentRead, name) || contrary.Allows(ContentRead, name));
        }
    }

    [Property]
    public void Parse_AnyText_IsACondition_OrAProblem(string? text) => AssertSound(text ?? "");

    [Property]
    public Property Parse_MutatedCondition_IsACondition_OrAProblem()
    {
        var mutated =
            from seed in Gen.Elements(Seeds)
            from start in Gen.Choose(0, seed.Length)
            from removed in Gen.Choose(0, 20)
            from pieces in Gen.Elements(Pieces).ListOf().Resize(3)
            select seed[..start] + string.Concat(pieces) + seed[Math.Min(seed.Length, start + removed)..];
        return Prop.ForAll(mutated.ToArbitrary(), AssertSound);
    }

    [Property]
    public Property Parse_PiecesInAnyOrder_IsACondition_OrAProblem() =>
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Resize(60).Select(string.Concat).ToArbitrary(), AssertSound);

    private static void AssertSound(string text)
    {
        AccessCondition condition;
        try
        {
            condition = AccessCondition.Parse(text);
        }
        catch (FormatException e)
        {
            var place = int.Parse(e.Message.Split(' ', ':')[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(place, 1, text.Length + 1);
            Assert.DoesNotContain(e.Message, c => c is < ' ' or > '~');
            return;
        }

        Assert.Equal(text, condition.Text);
        foreach (var name in Names)
            condition.Allows(ContentRead, name);
    }
}
