namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// What all parts of the parser share: the token that comes next, the bounds, and the first problem. A part that returns false or null
/// has said why here; nothing reads on after that.
/// </summary>
internal sealed class ConditionReader
{
    private readonly ConditionTokenizer _tokenizer;

    /// <summary>The patterns of <c>ActionMatches</c>, with their wildcards marked.</summary>
    internal List<string> Actions { get; } = [];
    private int nodes;

    internal ConditionReader(string text)
    {
        _tokenizer = new ConditionTokenizer(text);
        Current = _tokenizer.Next();
    }

    internal ConditionToken Current { get; private set; }

    internal string? Problem { get; private set; }

    internal bool Take(ConditionTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Current = _tokenizer.Next();
        return true;
    }

    /// <param name="expected">What belongs here, for the message.</param>
    internal bool Expect(ConditionTokenKind kind, string expected) => Take(kind) || Refuse(expected);

    /// <summary>Every node of the expression and every value of a set is counted: evaluation takes no longer than this allows.</summary>
    internal bool Count() =>
        ++nodes <= AccessCondition.MaxNodes
        || Refuse(Current.Position, $"The condition has more than {AccessCondition.MaxNodes} parts. Use wildcards, or several role assignments.");

    /// <summary>The current token does not belong here.</summary>
    internal bool Refuse(string expected) => Current.Kind == ConditionTokenKind.Invalid
        ? Refuse(Current.Position, Current.Text)
        : Refuse(Current.Position, $"Found {ConditionProblems.Name(Current)}. Expected {expected}.");

    /// <param name="position">From zero; people count from one.</param>
    internal bool Refuse(int position, string problem)
    {
        Problem ??= $"Character {position + 1}: {problem}";
        return false;
    }
}
