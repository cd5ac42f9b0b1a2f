using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>What a custom role must be like. https://learn.microsoft.com/azure/role-based-access-control/custom-roles</summary>
internal static partial class CustomRoleRules
{
    private const int MaxPatterns = 1024, MaxScopes = 100;

    /// <exception cref="InvalidValueException">The message says what to do.</exception>
    public static void Require(CustomRoleContent content)
    {
        if (string.IsNullOrWhiteSpace(content.Name))
            throw new InvalidValueException("A role needs a name that people know it by.");
        DisplayText.Require(content.Name, "The role's name");
        DisplayText.Require(content.Description, "The description");
        if (content.Scopes.Length is 0 or > MaxScopes)
            throw new InvalidValueException($"A role needs 1 to {MaxScopes} scopes that it can be given at.");
        var permissions = content.Permissions;
        RequireAll(permissions.Actions, "actions", KnownActions.ProblemOfAction);
        RequireAll(permissions.NotActions, "notActions", KnownActions.ProblemOfAction);
        RequireAll(permissions.DataActions, "dataActions", KnownActions.ProblemOfDataAction);
        RequireAll(permissions.NotDataActions, "notDataActions", KnownActions.ProblemOfDataAction);
    }

    private static void RequireAll(ImmutableArray<PermissionPattern> patterns, string list, Func<PermissionPattern, string?> problemOf)
    {
        if (patterns.Length > MaxPatterns)
            throw new InvalidValueException($"{list} has {patterns.Length} entries; at most {MaxPatterns} are kept. Use wildcards.");
        foreach (var pattern in patterns)
        {
            if (!Form().IsMatch(pattern.Text))
                throw new InvalidValueException($"'{pattern}' in {list} is no permission. Use *, or parts with a slash between them as in Microsoft.ContainerRegistry/registries/pull/read, where * stands for any text.");
            if (problemOf(pattern) is { } problem)
                throw new InvalidValueException($"{list}: {problem}");
        }
    }

    [GeneratedRegex(@"\A(?=.{1,256}\z)(\*|[A-Za-z0-9.*_-]+(/[A-Za-z0-9.*_-]+)+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
