namespace Breakwater.Core.Access.Conditions;

/// <summary>A part of a parsed condition. Immutable; evaluation allocates nothing and cannot throw.</summary>
internal abstract class ConditionNode
{
    /// <param name="repository">The name; null when the registry as a whole is asked about.</param>
    /// <returns>
    /// Null where the answer would need a name that is absent. The operators of <c>bool?</c> carry that through to the top, where it
    /// denies: so <c>!(name StringEquals 'a')</c> grants no more than <c>name StringNotEquals 'a'</c> does.
    /// </returns>
    internal abstract bool? Evaluate(string action, string? repository);
}
