using System.Collections.Immutable;

namespace Breakwater.Core.Access.Conditions;

/// <summary><c>AND</c>: false as soon as one term is.</summary>
internal sealed class AllOf(ImmutableArray<ConditionNode> terms) : ConditionNode
{
    internal override bool? Evaluate(string action, string? repository)
    {
        bool? all = true;
        foreach (var term in terms)
        {
            all &= term.Evaluate(action, repository);
            if (all == false)
                return false;
        }
        return all;
    }
}
