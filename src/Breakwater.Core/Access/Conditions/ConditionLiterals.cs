using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// The texts between quotes. A backslash takes the meaning from the quote, the backslash or the wildcard behind it. An empty text is
/// refused: it is a variable that was not filled in, and every name starts with it.
/// </summary>
internal static class ConditionLiterals
{
    private static readonly SearchValues<char> ActionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-*");

    internal static ImmutableArray<string>? Values(ConditionReader reader, NameOperator found)
    {
        if (!found.TakesSet)
            return Value(reader, "one text in single quotes; several take ForAnyOfAnyValues: before the operator") is { } only ? [only] : null;
        if (!reader.Expect(ConditionTokenKind.OpenBrace, "a set such as {'a', 'b'}"))
            return null;
        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (!reader.Count() || Value(reader, "a text in single quotes") is not { } value)
                return null;
            values.Add(value);
        }
        while (reader.Take(ConditionTokenKind.Comma));
        return reader.Expect(ConditionTokenKind.CloseBrace, "',' or '}'") ? values.DrainToImmutable() : null;
    }

    /// <summary>The pattern of <c>ActionMatches</c>, where only <c>*</c> is special.</summary>
    internal static string? Action(ConditionReader reader, ConditionToken literal)
    {
        var wrong = literal.Text.AsSpan().IndexOfAnyExcept(ActionCharacters);
        if (wrong < 0 && literal.Text.Length > 0)
            return literal.Text.Replace('*', Wildcards.Run);
        var what = wrong < 0 ? "The action is empty." : $"{ConditionProblems.Name(literal.Text[wrong])} cannot be in an action.";
        reader.Refuse(
            literal.Position + 1 + Math.Max(0, wrong),
            $"{what} Write one such as 'Microsoft.ContainerRegistry/registries/repositories/content/read'; * stands for any characters.");
        return null;
    }

    private static string? Value(ConditionReader reader, string expected)
    {
        var literal = reader.Current;
        if (!reader.Expect(ConditionTokenKind.Literal, expected))
            return null;
        if (literal.Text.Length > 0)
            return Decode(reader, literal);
        reader.Refuse(literal.Position, "The text is empty. Name a repository, or the start of its name.");
        return null;
    }

    /// <summary>Wildcards are marked for every operator: no name holds one, so to the others it is only one more character that differs.</summary>
    private static string? Decode(ConditionReader reader, ConditionToken literal)
    {
        var value = new StringBuilder(literal.Text.Length);
        for (var i = 0; i < literal.Text.Length; i++)
        {
            var c = literal.Text[i];
            if (c != '\\')
            {
                value.Append(Wildcards.Mark(c));
                continue;
            }
            // The tokenizer never ends a literal behind a backslash, so there is a next character.
            c = literal.Text[++i];
            if (c is not ('\'' or '\\' or '*' or '?'))
            {
                reader.Refuse(literal.Position + i, @"A backslash stands only before ', \, * or ?. Write a backslash itself as \\.");
                return null;
            }
            value.Append(c);
        }
        return value.ToString();
    }
}
