using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary><c>@Request[…/repositories:name] operator 'literal'</c></summary>
internal sealed class NameNode(NameOperator comparison, string literal) : ConditionNode
{
    public override bool? Holds(string dataAction, RepositoryName? repository) =>
        repository is null ? null : comparison.Test(repository.Value, literal) != comparison.IsNegated;
}
