using System.Collections.Immutable;
using System.Reflection;
using Breakwater.Core.Access.Conditions;

namespace Breakwater.Core.Access;

/// <summary>
/// The permissions that mean something here, to find slips in custom roles by. Roles brought along from Azure also name what this product does
/// not have, so an action that is unknown and like no other is taken; a data action must be one of these.
/// </summary>
internal static class KnownActions
{
    private const int FarthestSlip = 2;

    // Registered by ACR and without a use of their own here.
    private static readonly ImmutableArray<string> OthersOfAcr =
    [
        .. new[]
        {
            "delete", "metadata/read", "metadata/write", "listPolicies/read", "updatePolicies/write",
            "listUsages/read", "replications/read", "replications/write",
            "replications/delete", "cacheRules/read", "cacheRules/write", "cacheRules/delete", "tasks/read", "tasks/write", "tasks/delete",
        }.Select(name => DataPermission.Prefix + name),
    ];

    private static readonly ImmutableArray<string> Actions =
    [
        .. typeof(ManagementActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
            .Concat(BuiltInRoles.All.SelectMany(role => role.Permissions.Actions).Where(pattern => !pattern.HasWildcard).Select(pattern => pattern.Text))
            .Concat(DataPermission.All.Select(row => row.Legacy))
            .Concat(OthersOfAcr)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Null when it can stand; otherwise what is wrong with it.</summary>
    public static string? ProblemOfAction(PermissionPattern pattern) =>
        pattern.HasWildcard || Actions.Contains(pattern.Text, StringComparer.OrdinalIgnoreCase) || Spelling.Nearest(pattern.Text, Actions, FarthestSlip) is not { } meant
            ? null
            : $"'{pattern}' is no action of a registry. Did you mean {meant}?";

    /// <summary>Null when it can stand; otherwise what is wrong with it.</summary>
    public static string? ProblemOfDataAction(PermissionPattern pattern)
    {
        if (DataActions.All.Any(action => pattern.Matches(action)))
            return null;
        var remedy = Spelling.Nearest(pattern.Text, DataActions.All, farthest: pattern.Text.Length / 4) is { } meant
            ? $"Did you mean {meant}?"
            : $"There are: {string.Join(", ", DataActions.All)}.";
        return $"'{pattern}' is no data action of a registry. {remedy}";
    }
}
