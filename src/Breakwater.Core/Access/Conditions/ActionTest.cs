namespace Breakwater.Core.Access.Conditions;

/// <summary><c>ActionMatches{'...'}</c>: actions are compared as Azure compares those of roles, without regard to case.</summary>
internal sealed class ActionTest(string pattern) : ConditionNode
{
    internal override bool? Evaluate(string action, string? repository) => Wildcards.Match(pattern, action, ignoreCase: true);
}
