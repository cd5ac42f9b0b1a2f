namespace Breakwater.Core.Access.Conditions;

/// <summary><c>NOT</c>. What is unknown stays unknown.</summary>
internal sealed class Negation(ConditionNode inner) : ConditionNode
{
    internal override bool? Evaluate(string action, string? repository) => !inner.Evaluate(action, repository);
}
