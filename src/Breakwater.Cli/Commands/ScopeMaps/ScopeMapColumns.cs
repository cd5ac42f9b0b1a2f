using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.ScopeMaps;

/// <summary>What tables show of scope maps.</summary>
internal static class ScopeMapColumns
{
    public static Column[] List { get; } = [new("Name", "name"), new("Type", "properties.type"), new("Description", "properties.description")];

    public static Column[] Item { get; } = [.. List, new("Actions", "properties.actions", list => list is System.Text.Json.Nodes.JsonArray actions ? string.Join('\n', actions.Select(Cells.Plain)) : "")];
}
