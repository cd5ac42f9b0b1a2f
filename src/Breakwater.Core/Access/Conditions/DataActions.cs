using System.Collections.Immutable;

namespace Breakwater.Core.Access.Conditions;

/// <summary>The data actions that a condition or a custom role can speak of: those that built-in roles have.</summary>
public static class DataActions
{
    public static readonly ImmutableArray<string> All =
        [.. BuiltInRoles.All.SelectMany(role => role.Permissions.DataActions).Select(pattern => pattern.Text).Concat(DataPermission.All.Select(row => row.DataAction)).Distinct()];

    internal static bool AnyMatches(string pattern) => All.Any(action => Wildcards.Match(pattern, action, ignoreCase: true));
}
