using System.Text.Json.Nodes;

namespace Breakwater.Cli.Output;

/// <summary>Columns of data that no command describes: the members of the first object, those with plain values only.</summary>
internal static class FoundColumns
{
    public static IReadOnlyList<Column> Of(JsonNode? data) => (data is JsonArray list ? list.FirstOrDefault() : data) is JsonObject entry
        ? [.. entry.Where(member => member.Value is null or JsonValue || data is JsonObject).Select(member => new Column(member.Key, member.Key))]
        : [new Column("Result", "")];
}
