namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// <code>
/// term    = "ActionMatches" "{" literal "}" | attribute operator literal | attribute "ForAnyOfAnyValues:" operator set
/// set     = "{" literal { "," literal } "}"
/// </code>
/// What is not in this grammar is refused by name: a term that is skipped grants what its author meant to withhold.
/// </summary>
internal static class ConditionTerms
{
    private const string Function = "ActionMatches";
    private const string Name = "[Microsoft.ContainerRegistry/registries/repositories:name]";

    internal static ConditionNode? Parse(ConditionReader reader)
    {
        var start = reader.Current;
        if (reader.Take(ConditionTokenKind.Word))
            return IsFunction(reader, start) ? ParseAction(reader) : null;
        if (reader.Take(ConditionTokenKind.Attribute))
            return IsAttribute(reader, start) ? ParseComparison(reader) : null;
        reader.Refuse("ActionMatches, an attribute, a negation or '('");
        return null;
    }

    private static bool IsFunction(ConditionReader reader, ConditionToken word) =>
        Is(word, Function)
        || reader.Refuse(word.Position, Is(word, "SubOperationMatches")
            ? $"Actions of a registry have no suboperations, so SubOperationMatches is not supported. {ConditionProblems.Functions}"
            : $"{ConditionProblems.Quote(word.Text)} is not a function. {ConditionProblems.Functions}");

    private static bool IsAttribute(ConditionReader reader, ConditionToken attribute) =>
        Is(attribute, "@Request" + Name)
        || Is(attribute, "@Resource" + Name)
        || reader.Refuse(attribute.Position, $"{ConditionProblems.Quote(attribute.Text)} is not an attribute here. {ConditionProblems.Attributes}");

    private static ActionTest? ParseAction(ConditionReader reader)
    {
        if (!reader.Expect(ConditionTokenKind.OpenBrace, "'{' and an action in single quotes"))
            return null;
        var literal = reader.Current;
        var isWhole = reader.Expect(ConditionTokenKind.Literal, "an action in single quotes")
            && reader.Expect(ConditionTokenKind.CloseBrace, "'}': ActionMatches takes one action; join several with OR")
            && reader.Count();
        if (!isWhole || ConditionLiterals.Action(reader, literal) is not { } pattern)
            return null;
        reader.Actions.Add(pattern);
        return new ActionTest(pattern);
    }

    private static NameComparison? ParseComparison(ConditionReader reader)
    {
        var word = reader.Current;
        if (!reader.Expect(ConditionTokenKind.Word, "an operator such as StringEquals"))
            return null;
        if (NameOperators.Find(word.Text) is not { } found)
        {
            reader.Refuse(word.Position, $"{ConditionProblems.Quote(word.Text)} is not an operator here. {ConditionProblems.Operators}");
            return null;
        }
        return ConditionLiterals.Values(reader, found) is { } values && reader.Count() ? new NameComparison(found, values) : null;
    }

    private static bool Is(ConditionToken token, string text) => token.Text.Equals(text, StringComparison.OrdinalIgnoreCase);
}
