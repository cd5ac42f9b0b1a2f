using System.Text.Json.Nodes;
using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Roles;

/// <summary>What tables show of roles.</summary>
internal static class DefinitionColumns
{
    public static Column[] List { get; } = [new("Name", "properties.roleName"), new("Type", "properties.type", Kind), new("Description", "properties.description")];

    public static Column[] Item { get; } =
    [
        new("Name", "properties.roleName"), new("Type", "properties.type", Kind), new("Description", "properties.description"),
        new("Actions", "properties.permissions", value => Lines(value, "actions")), new("Not actions", "properties.permissions", value => Lines(value, "notActions")),
        new("Data actions", "properties.permissions", value => Lines(value, "dataActions")), new("Not data actions", "properties.permissions", value => Lines(value, "notDataActions")),
        new("Assignable at", "properties.assignableScopes"), new("Id", "name"),
    ];

    private static string Kind(JsonNode? value) => Cells.Plain(value) switch { "BuiltInRole" => "built-in", "CustomRole" => "custom", var other => other };

    private static string Lines(JsonNode? permissions, string name) => (permissions as JsonArray)?.FirstOrDefault()?[name] is JsonArray list ? string.Join('\n', list.Select(Cells.Plain)) : "";
}
