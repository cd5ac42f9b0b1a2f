using Breakwater.Cli.Output;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Roles;

/// <summary>A role assignment with the names that people know, beside what ARM says.</summary>
internal static class AssignmentRow
{
    public static Column[] Columns { get; } =
    [
        new("Principal", "principalName"), new("Kind", "properties.principalType"), new("Role", "roleDefinitionName"), new("Scope", "properties.scope", Scope), new("Condition", "properties.condition"),
    ];

    /// <summary>As az shows it: ARM's body, and the two names.</summary>
    public static object Of(ArmResource<RoleAssignmentProperties> assignment, string? role, string? principal) => new
    {
        assignment.Id,
        assignment.Name,
        RoleDefinitionName = role,
        PrincipalName = principal ?? assignment.Properties?.PrincipalId,
        assignment.Properties,
    };

    private static string Scope(System.Text.Json.Nodes.JsonNode? value) => Cells.Plain(value).Split('/') switch
    {
        ["", _, _] => "installation",
        [.., "registries", var registry] => registry,
        [.., "resourceGroups", var group] => $"group {group}",
        _ => Cells.Plain(value),
    };
}
