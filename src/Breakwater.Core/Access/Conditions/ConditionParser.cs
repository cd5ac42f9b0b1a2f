using System.Collections.Immutable;

namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// <code>
/// or      = and { ("OR" | "||") and }
/// and     = not { ("AND" | "&amp;&amp;") not }
/// not     = ("NOT" | "!") not | "(" or ")" | term
/// </code>
/// <c>term</c> is <see cref="ConditionTerms"/>'s. Azure asks for parentheses where AND and OR meet; without them AND binds closer, as it
/// does everywhere else.
/// </summary>
internal sealed class ConditionParser(ConditionReader reader)
{
    private int depth;

    internal ConditionNode? Parse()
    {
        var node = ParseOr();
        if (node is not null && reader.Current.Kind != ConditionTokenKind.End)
            reader.Refuse("AND, OR or the end");
        return reader.Problem is null ? node : null;
    }

    private ConditionNode? ParseOr() => Chain(ConditionTokenKind.Or, ParseAnd, terms => new AnyOf(terms));

    private ConditionNode? ParseAnd() => Chain(ConditionTokenKind.And, ParseNot, terms => new AllOf(terms));

    private ConditionNode? Chain(ConditionTokenKind separator, Func<ConditionNode?> term, Func<ImmutableArray<ConditionNode>, ConditionNode> join)
    {
        var first = term();
        if (first is null || reader.Current.Kind != separator)
            return first;
        var terms = ImmutableArray.CreateBuilder<ConditionNode>();
        terms.Add(first);
        while (reader.Take(separator))
        {
            if (term() is not { } next)
                return null;
            terms.Add(next);
        }
        return reader.Count() ? join(terms.DrainToImmutable()) : null;
    }

    private ConditionNode? ParseNot()
    {
        if (reader.Take(ConditionTokenKind.Not))
            return Nested(ParseNot) is { } inner && reader.Count() ? new Negation(inner) : null;
        if (!reader.Take(ConditionTokenKind.OpenParenthesis))
            return ConditionTerms.Parse(reader);
        var group = Nested(ParseOr);
        return group is not null && reader.Expect(ConditionTokenKind.CloseParenthesis, "AND, OR or ')'") ? group : null;
    }

    /// <summary>The bound of the parser's own stack, and of evaluation's.</summary>
    private ConditionNode? Nested(Func<ConditionNode?> part)
    {
        if (depth == AccessCondition.MaxDepth)
        {
            reader.Refuse(
                reader.Current.Position,
                $"Parentheses and negations are nested deeper than {AccessCondition.MaxDepth}. Take away those that change nothing.");
            return null;
        }
        depth++;
        var node = part();
        depth--;
        return node;
    }
}
