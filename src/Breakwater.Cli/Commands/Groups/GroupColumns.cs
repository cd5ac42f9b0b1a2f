using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Groups;

/// <summary>What tables show of groups and their members.</summary>
internal static class GroupColumns
{
    public static Column[] Group { get; } = [new("Name", "displayName"), new("Description", "description"), new("Id", "id")];

    public static Column[] Member { get; } = [new("Name", "displayName"), new("Kind", "", KindOf), new("Id", "id")];

    private static string KindOf(System.Text.Json.Nodes.JsonNode? value) => Cells.Plain(value?["@odata.type"]).Replace("#microsoft.graph.", "", StringComparison.Ordinal);
}
