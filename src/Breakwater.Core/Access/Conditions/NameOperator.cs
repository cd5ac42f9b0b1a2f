namespace Breakwater.Core.Access.Conditions;

/// <summary>How a name is compared to a value: one row of <see cref="NameOperators"/>.</summary>
/// <param name="TakesSet">True for <c>ForAnyOfAnyValues:</c>.</param>
internal sealed record NameOperator(NameOperatorKind Kind, bool Negated, bool IgnoreCase, bool TakesSet)
{
    internal string Name { get; } =
        (TakesSet ? "ForAnyOfAnyValues:String" : "String") + (Negated ? "Not" : "") + Kind + (IgnoreCase ? "IgnoreCase" : "");

    private readonly StringComparison _comparison = IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <param name="value">With its wildcards marked.</param>
    internal bool Holds(string name, string value) => Negated != Kind switch
    {
        NameOperatorKind.Equals => name.Equals(value, _comparison),
        NameOperatorKind.StartsWith => name.StartsWith(value, _comparison),
        _ => Wildcards.Match(value, name, IgnoreCase),
    };
}
