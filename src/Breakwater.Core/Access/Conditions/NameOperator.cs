using System.Collections.Frozen;

namespace Breakwater.Core.Access.Conditions;

/// <summary>How a repository's name is compared.</summary>
/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/conditions-format#string-comparison-operators</remarks>
internal sealed record NameOperator(Func<string, string, bool> Test, bool IsNegated)
{
    // Azure's keywords are written in any case.
    private static readonly FrozenDictionary<string, NameOperator> All = Create().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Names { get; } = string.Join(", ", All.Keys.Order(StringComparer.Ordinal));

    /// <summary>Null when there is no such operator.</summary>
    public static NameOperator? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<KeyValuePair<string, NameOperator>> Create()
    {
        foreach (var (suffix, comparison) in new[] { ("", StringComparison.Ordinal), ("IgnoreCase", StringComparison.OrdinalIgnoreCase) })
        {
            foreach (var (name, test) in new (string, Func<string, string, bool>)[]
            {
                ("Equals", (name, literal) => name.Equals(literal, comparison)),
                ("StartsWith", (name, literal) => name.StartsWith(literal, comparison)),
                ("Like", (name, literal) => Wildcard.Matches(literal, name, comparison)),
            })
            {
                yield return new($"String{name}{suffix}", new NameOperator(test, IsNegated: false));
                yield return new($"StringNot{name}{suffix}", new NameOperator(test, IsNegated: true));
            }
        }
    }
}
