using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary><c>!inner</c></summary>
internal sealed class NotNode(ConditionNode inner) : ConditionNode
{
    public override bool? Holds(string dataAction, RepositoryName? repository) => !inner.Holds(dataAction, repository);
}
