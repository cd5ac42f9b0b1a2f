using System.Text;

namespace Breakwater.Core.Tests.Access.Conditions;

/// <summary>Writes a tree in one of its many spellings: the seed chooses spaces, case, symbols or words, and parentheses that change nothing.</summary>
internal sealed class ConditionPrinter(int seed)
{
    private static readonly string[] Spaces = ["", "", " ", "\n", "\t ", " \r\n  "];
    private readonly Random random = new(seed);
    private readonly StringBuilder text = new();

    public static string Print(ConditionTree tree, int seed)
    {
        var printer = new ConditionPrinter(seed);
        printer.Write(tree, 0);
        return printer.text.Append(printer.Pick(Spaces)).ToString();
    }

    /// <param name="binding">What stands around: 0 nothing or OR, 1 AND, 2 NOT. What binds less goes in parentheses.</param>
    private void Write(ConditionTree tree, int binding)
    {
        var needed = tree switch { ConditionTree.Any => binding > 0, ConditionTree.All => binding > 1, _ => false };
        if (needed || random.Next(4) == 0)
        {
            Put("(");
            Write(tree, 0);
            Put(")");
            return;
        }
        switch (tree)
        {
            case ConditionTree.Any any:
                WritePair(any.Left, Pick("OR", "||"), any.Right, 0);
                break;
            case ConditionTree.All all:
                WritePair(all.Left, Pick("AND", "&&"), all.Right, 1);
                break;
            case ConditionTree.Not not:
                Put(AnyCase(Pick("NOT", "!")));
                Write(not.Inner, 2);
                break;
            case ConditionTree.Action action:
                Put(AnyCase("ActionMatches"), "{", $"'{action.Pattern}'", "}");
                break;
            case ConditionTree.Name name:
                WriteName(name);
                break;
        }
    }

    private void WritePair(ConditionTree left, string op, ConditionTree right, int binding)
    {
        Write(left, binding);
        Put(AnyCase(op));
        Write(right, binding);
    }

    private void WriteName(ConditionTree.Name name)
    {
        var op = $"String{(name.Negated ? "Not" : "")}{name.Kind}{(name.IgnoreCase ? "IgnoreCase" : "")}";
        Put(AnyCase($"@{Pick("Request", "Resource")}[Microsoft.ContainerRegistry/registries/repositories:name]"));
        Put(AnyCase(name.IsSet ? "ForAnyOfAnyValues:" + op : op));
        if (name.IsSet)
            Put("{");
        for (var i = 0; i < name.Values.Length; i++)
        {
            if (i > 0)
                Put(",");
            Put($"'{string.Concat(name.Values[i])}'");
        }
        if (name.IsSet)
            Put("}");
    }

    private void Put(params string[] tokens)
    {
        foreach (var token in tokens)
        {
            text.Append(Pick(Spaces));
            if (text.Length > 0 && char.IsLetter(text[^1]) && char.IsLetter(token[0]))
                text.Append(' ');
            text.Append(token);
        }
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private string AnyCase(string word) => random.Next(3) switch
    {
        0 => word,
        1 => word.ToUpperInvariant(),
        _ => string.Concat(word.Select(c => random.Next(2) == 0 ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))),
    };
}
