using System.Collections.Frozen;

namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// Azure's string operators. There is no set form of <c>StartsWith</c>:
/// https://learn.microsoft.com/azure/role-based-access-control/conditions-format#foranyofanyvalues.
/// </summary>
internal static class NameOperators
{
    private static readonly bool[] Both = [false, true];

    private static readonly FrozenDictionary<string, NameOperator> Table =
        (from kind in Enum.GetValues<NameOperatorKind>()
         from negated in Both
         from ignoreCase in Both
         from takesSet in Both
         where !(takesSet && kind == NameOperatorKind.StartsWith)
         select new NameOperator(kind, negated, ignoreCase, takesSet))
        .ToFrozenDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for a word that names none.</summary>
    internal static NameOperator? Find(string name) => Table.GetValueOrDefault(name);
}
