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
            var values = columns is null ? Values(entry).Select(Cells.Plain) : columns.Select(column => Cell(column, entry));
            output.WriteLine(string.Join('\t', values.Select(Line)));
        }
    }

    private static IEnumerable<JsonNode?> Values(JsonNode? entry) => entry switch
    {
        JsonObject members => members.Select(member => member.Value),
        JsonArray values => values,
        _ => [entry],
    };

    // Numbers and times as the server has them; what is made of several values as people see it.
    private static string Cell(Column column, JsonNode? entry) =>
        column.In(entry) is JsonObject or JsonArray && column.Show is { } show ? show(column.In(entry)) : Cells.Plain(column.In(entry));

    private static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
