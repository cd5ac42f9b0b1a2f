using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary><c>ActionMatches{'pattern'}</c></summary>
internal sealed class ActionNode(PermissionPattern pattern) : ConditionNode
{
    public override bool? Holds(string dataAction, RepositoryName? repository) => pattern.Matches(dataAction);
}
