using System.Text.Json.Nodes;

namespace Breakwater.Cli.Output;

/// <summary>One line for each entry, a tab between values: what <c>cut</c> and <c>while read</c> take.</summary>
internal static class TsvOutput
{
    /// <param name="columns">Null: all members, in their order.</param>
    public static void Write(TextWriter output, JsonNode? data, IReadOnlyList<Column>? columns)
    {
        foreach (var entry in data is JsonArray list ? (IEnumerable<JsonNode?>)list : [data])
        {
            var values = columns is null ? Values(entry) : columns.Select(column => column.In(entry));
            output.WriteLine(string.Join('\t', values.Select(Text)));
        }
    }

    private static IEnumerable<JsonNode?> Values(JsonNode? entry) => entry switch
    {
        JsonObject members => members.Select(member => member.Value),
        JsonArray values => values,
        _ => [entry],
    };

    private static string Text(JsonNode? value) => string.Concat(Cells.Plain(value).Select(c => char.IsControl(c) ? ' ' : c));
}
