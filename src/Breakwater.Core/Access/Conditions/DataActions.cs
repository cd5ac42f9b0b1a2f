using System.Collections.Immutable;

namespace Breakwater.Core.Access.Conditions;

/// <summary>The data actions that a condition can speak of: those that roles have.</summary>
internal static class DataActions
{
    private static readonly ImmutableArray<string> All =
        [.. BuiltInRoles.All.SelectMany(role => role.Permissions.DataActions).Select(pattern => pattern.Text).Concat(DataPermission.All.Select(row => row.DataAction)).Distinct()];

    internal static bool AnyMatches(string pattern) => All.Any(action => Wildcards.Match(pattern, action, ignoreCase: true));
}
