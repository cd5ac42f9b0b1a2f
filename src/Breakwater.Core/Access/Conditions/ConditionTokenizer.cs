namespace Breakwater.Core.Access.Conditions;

/// <summary>Cuts a condition into tokens. It never throws: the first thing that is no token comes out as an invalid one, and then the end.</summary>
internal sealed class ConditionTokenizer(string text)
{
    private int at;

    internal ConditionToken Next()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
        if (at == text.Length)
            return new ConditionToken(ConditionTokenKind.End, at, "");
        return text[at] switch
        {
            '(' => Symbol(ConditionTokenKind.OpenParenthesis, "("),
            ')' => Symbol(ConditionTokenKind.CloseParenthesis, ")"),
            '{' => Symbol(ConditionTokenKind.OpenBrace, "{"),
            '}' => Symbol(ConditionTokenKind.CloseBrace, "}"),
            ',' => Symbol(ConditionTokenKind.Comma, ","),
            '!' => Symbol(ConditionTokenKind.Not, "!"),
            '&' => Symbol(ConditionTokenKind.And, "&&"),
            '|' => Symbol(ConditionTokenKind.Or, "||"),
            '\'' => Literal(),
            '@' => Attribute(),
            var c when char.IsAsciiLetter(c) => Word(),
            var c => Invalid(at, $"{ConditionProblems.Name(c)} has no meaning here. Texts and actions go in single quotes."),
        };
    }

    private ConditionToken Symbol(ConditionTokenKind kind, string symbol)
    {
        if (!text.AsSpan(at).StartsWith(symbol))
            return Invalid(at, $"'{symbol[0]}' stands alone. Write {symbol}.");
        at += symbol.Length;
        return new ConditionToken(kind, at - symbol.Length, symbol);
    }

    private ConditionToken Word()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is ':' or '_' or '.'))
            at++;
        var word = text[start..at];
        return new ConditionToken(KindOf(word), start, word);
    }

    private static ConditionTokenKind KindOf(string word) => word.ToUpperInvariant() switch
    {
        "AND" => ConditionTokenKind.And,
        "OR" => ConditionTokenKind.Or,
        "NOT" => ConditionTokenKind.Not,
        _ => ConditionTokenKind.Word,
    };

    private ConditionToken Attribute()
    {
        var start = at;
        var end = text.IndexOf(']', start);
        if (end < 0)
            return Invalid(start, $"The attribute has no end. {ConditionProblems.Attributes}");
        at = end + 1;
        return new ConditionToken(ConditionTokenKind.Attribute, start, text[start..at]);
    }

    /// <summary>Only printable ASCII: nothing else can be in the name of a repository or an action, so it is a slip or a trick of the eye.</summary>
    private ConditionToken Literal()
    {
        var start = at;
        for (at++; at < text.Length && text[at] != '\''; at++)
        {
            if (text[at] is < ' ' or > '~')
            {
                return Invalid(
                    at,
                    $"{ConditionProblems.Name(text[at])} cannot be between quotes. Names hold only ASCII; end each text with a single quote.");
            }
            if (text[at] == '\\')
                at++;
        }
        if (at >= text.Length)
            return Invalid(start, "The quote is never closed. End the text with a single quote; one inside it is written \\'.");
        at++;
        return new ConditionToken(ConditionTokenKind.Literal, start, text[(start + 1)..(at - 1)]);
    }

    private ConditionToken Invalid(int position, string problem)
    {
        at = text.Length;
        return new ConditionToken(ConditionTokenKind.Invalid, position, problem);
    }
}
