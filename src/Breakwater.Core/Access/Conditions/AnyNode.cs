using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary><c>left OR right</c></summary>
internal sealed class AnyNode(ConditionNode left, ConditionNode right) : ConditionNode
{
    public override bool? Holds(string dataAction, RepositoryName? repository)
    {
        var first = left.Holds(dataAction, repository);
        return first == true ? true : first | right.Holds(dataAction, repository);
    }
}
