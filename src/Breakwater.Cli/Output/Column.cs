using System.Text.Json.Nodes;

namespace Breakwater.Cli.Output;

/// <summary>What a table shows of each entry.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Path">Members with dots between them; empty for the entry itself.</param>
/// <param name="Show">How a value is written for people; null: as it is.</param>
internal sealed record Column(string Title, string Path, Func<JsonNode?, string>? Show = null)
{
    public JsonNode? In(JsonNode? entry)
    {
        foreach (var name in Path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            entry = (entry as JsonObject)?[name];
        return entry;
    }
}
