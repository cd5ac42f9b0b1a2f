using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary><c>left AND right</c></summary>
internal sealed class AllNode(ConditionNode left, ConditionNode right) : ConditionNode
{
    public override bool? Holds(string dataAction, RepositoryName? repository)
    {
        var first = left.Holds(dataAction, repository);
        return first == false ? false : first & right.Holds(dataAction, repository);
    }
}
