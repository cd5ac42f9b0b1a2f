using System.Text.Json.Nodes;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Output;

/// <summary>Writes answers in the form that was asked for.</summary>
internal sealed class Renderer(Surroundings around)
{
    public void Write(Answer answer, OutputFormat format, JmesQuery? query)
    {
        if (answer.Raw is not null)
            around.Output.Write(answer.Raw);
        else if (answer.Drawn is not null && format == OutputFormat.Table && query is null)
            around.Output.Write(answer.Drawn);
        else if (answer.Data is { } data && (answer.Columns.Count > 0 || answer.IsDocument || query is not null || format != OutputFormat.Table))
            WriteData(query is null ? data : query.Ask(data), query is null && answer.Columns.Count > 0 ? answer.Columns : null, answer.IsDocument && format == OutputFormat.Table ? OutputFormat.Json : format);
        if (answer.Message is not null && format == OutputFormat.Table && query is null)
            around.Output.WriteLine(Printable.Of(answer.Message));
    }

    /// <param name="columns">Null when a query made the data: then they are what it has.</param>
    private void WriteData(JsonNode? data, IReadOnlyList<Column>? columns, OutputFormat format)
    {
        if (format == OutputFormat.Json)
            around.Output.WriteLine(data?.ToJsonString(JsonText.Indented) ?? "null");
        else if (format == OutputFormat.Tsv)
            TsvOutput.Write(around.Output, data, columns);
        else
            new TableOutput(around).Write(data, columns ?? FoundColumns.Of(data));
    }
}
