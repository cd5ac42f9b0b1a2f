using System.Collections.Immutable;

namespace Breakwater.Core.Access.Conditions;

/// <summary><c>OR</c>: true as soon as one term is.</summary>
internal sealed class AnyOf(ImmutableArray<ConditionNode> terms) : ConditionNode
{
    internal override bool? Evaluate(string action, string? repository)
    {
        bool? any = false;
        foreach (var term in terms)
        {
            any |= term.Evaluate(action, repository);
            if (any == true)
                return true;
        }
        return any;
    }
}
