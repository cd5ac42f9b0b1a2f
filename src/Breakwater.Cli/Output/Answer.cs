using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Cli.Running;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Output;

/// <summary>What a command has to say: data, of which a table shows some columns, or a sentence.</summary>
internal sealed record Answer
{
    /// <summary>Null when there is only a sentence.</summary>
    public JsonNode? Data { get; private init; }

    public IReadOnlyList<Column> Columns { get; private init; } = [];

    /// <summary>For people only, after the data.</summary>
    public string? Message { get; init; }

    /// <summary>Text that is the whole output, in every format: a script, a file, what a protocol wants.</summary>
    public string? Raw { get; private init; }

    /// <summary>In place of the table; null for a table.</summary>
    public string? Drawn { get; private init; }

    public bool IsDocument { get; private init; }

    public int ExitCode { get; init; } = ExitCodes.Done;

    public static Answer List<T>(IEnumerable<T> items, params Column[] columns) => new()
    {
        Data = new JsonArray([.. items.Select(item => JsonSerializer.SerializeToNode(item, WireJson.Options))]),
        Columns = columns,
    };

    public static Answer Item<T>(T item, params Column[] columns) => new() { Data = JsonSerializer.SerializeToNode(item, WireJson.Options), Columns = columns };

    /// <summary>JSON that is shown as such, also where tables are the rule.</summary>
    public static Answer Document(JsonNode? json) => new() { Data = json, IsDocument = true };

    /// <summary>Data that people see drawn in a way of its own.</summary>
    /// <param name="drawn">In place of the table.</param>
    public static Answer Screen<T>(T data, string drawn) => new() { Data = JsonSerializer.SerializeToNode(data, WireJson.Options), Drawn = drawn };

    public static Answer Done(string message) => new() { Message = message };

    public static Answer Text(string raw) => new() { Raw = raw };
}
