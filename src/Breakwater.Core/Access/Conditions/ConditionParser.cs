namespace Breakwater.Core.Access.Conditions;

/// <summary>Recursive descent over the grammar below. What it does not know it refuses: a term that was skipped would grant more than was meant.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/role-based-access-control/conditions-format
/// <code>
/// or      = and { ("OR" | "||") and }
/// and     = not { ("AND" | "&amp;&amp;") not }
/// not     = ("NOT" | "!") not | primary
/// primary = "(" or ")" | "ActionMatches" "{" text "}" | attribute operator text
/// text    = "'" … "'"                                  a quote in it is written \'
/// </code>
/// </remarks>
internal ref struct ConditionParser(string text)
{
    public const int MaxLength = 8192;

    private const int MaxDepth = 32;
    private const string NameAttribute = "Microsoft.ContainerRegistry/registries/repositories:name";

    private readonly string _text = text;
    private int _at;
    private int _depth;

    /// <exception cref="FormatException">It is no condition; the message says where and what would be.</exception>
    public static ConditionNode Parse(string text)
    {
        if (text.Length > MaxLength)
            throw new FormatException($"The condition has {text.Length} characters; at most {MaxLength} are read.");
        var parser = new ConditionParser(text);
        var node = parser.ReadAny();
        parser.SkipSpace();
        return parser._at == text.Length ? node : throw parser.Expected("AND, OR or the end");
    }

    private ConditionNode ReadAny()
    {
        var node = ReadAll();
        while (TryTake("||") || TryTakeWord("OR"))
            node = new AnyNode(node, ReadAll());
        return node;
    }

    private ConditionNode ReadAll()
    {
        var node = ReadNot();
        while (TryTake("&&") || TryTakeWord("AND"))
            node = new AllNode(node, ReadNot());
        return node;
    }

    private ConditionNode ReadNot()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"The condition is nested deeper than {MaxDepth} levels at character {_at + 1}.");
        var node = TryTake("!") || TryTakeWord("NOT") ? new NotNode(ReadNot()) : ReadPrimary();
        _depth--;
        return node;
    }

    private ConditionNode ReadPrimary()
    {
        if (TryTake("("))
        {
            var inner = ReadAny();
            Take(")");
            return inner;
        }
        if (TryTakeWord("ActionMatches"))
        {
            Take("{");
            var pattern = new PermissionPattern(ReadText());
            Take("}");
            return new ActionNode(pattern);
        }
        if (TryTake("@Request") || TryTake("@Resource"))
            return ReadComparison();
        throw Expected("(, !, ActionMatches{'…'} or @Request[…]");
    }

    private NameNode ReadComparison()
    {
        Take("[");
        if (!TryTake(NameAttribute))
            throw Expected(NameAttribute);
        Take("]");
        SkipSpace();
        var start = _at;
        var comparison = NameOperator.Find(ReadWord());
        if (comparison is null)
        {
            _at = start;
            throw Expected($"an operator ({NameOperator.Names})");
        }
        return new NameNode(comparison, ReadText());
    }

    private string ReadText()
    {
        Take("'");
        var literal = new System.Text.StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '\\' && _at + 1 < _text.Length && _text[_at + 1] is '\'' or '\\')
                literal.Append(_text[++_at]);
            else if (c != '\'')
                literal.Append(c);
            else
            {
                _at++;
                return literal.ToString();
            }
        }
        throw Expected("a closing quote");
    }

    private string ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    private bool TryTakeWord(string word)
    {
        SkipSpace();
        var start = _at;
        if (ReadWord().Equals(word, StringComparison.OrdinalIgnoreCase))
            return true;
        _at = start;
        return false;
    }

    private bool TryTake(string symbol)
    {
        SkipSpace();
        if (!_text.AsSpan(_at).StartsWith(symbol, StringComparison.OrdinalIgnoreCase))
            return false;
        _at += symbol.Length;
        return true;
    }

    private void Take(string symbol)
    {
        if (!TryTake(symbol))
            throw Expected(symbol);
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private readonly FormatException Expected(string what) => new($"The condition is not understood at character {_at + 1}: expected {what}.");
}
