using System.Collections.Immutable;

namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// The repository's name against one value, or a set of which one must satisfy the operator: <c>ForAnyOfAnyValues:StringNotEquals</c> is
/// true when one of the values differs, so <c>!(name ForAnyOfAnyValues:StringEquals {...})</c> is how to say "none of them".
/// </summary>
internal sealed class NameComparison(NameOperator op, ImmutableArray<string> values) : ConditionNode
{
    internal override bool? Evaluate(string action, string? repository)
    {
        if (repository is null)
            return null;
        foreach (var value in values)
        {
            if (op.Holds(repository, value))
                return true;
        }
        return false;
    }
}
