using System.Text.Json.Nodes;
using Breakwater.Cli.Running;
using Spectre.Console;

namespace Breakwater.Cli.Output;

/// <summary>Tables: lists with a head, single things with their names on the left.</summary>
internal sealed class TableOutput(Surroundings around)
{
    public void Write(JsonNode? data, IReadOnlyList<Column> columns)
    {
        if (data is JsonArray { Count: 0 })
        {
            // Not on the output: an empty list has no lines.
            around.Error.WriteLine("(none)");
            return;
        }
        var table = data is JsonArray list && !IsPlain(columns, list) ? Rows(list, columns) : data is JsonArray plain ? Rows(plain, columns) : Item(data, columns);
        Print(table);
    }

    private static bool IsPlain(IReadOnlyList<Column> columns, JsonArray list) => columns is [{ Path: "" }] && list.All(entry => entry is JsonValue);

    private static Table Rows(JsonArray list, IReadOnlyList<Column> columns)
    {
        var table = Bare();
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Markup(Markup.Escape(column.Title.ToUpperInvariant()), Color.Grey)) { Padding = new Padding(0, 0, 2, 0) });
        foreach (var entry in list)
            table.AddRow(columns.Select(column => new Text(Cell(column, entry))));
        return table;
    }

    private static Table Item(JsonNode? item, IReadOnlyList<Column> columns)
    {
        var table = Bare().HideHeaders();
        table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 2, 0), NoWrap = true }).AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });
        foreach (var column in columns.Where(column => Cell(column, item).Length > 0))
            table.AddRow(new Markup(Markup.Escape(column.Title), Color.Grey), new Text(Cell(column, item)));
        return table;
    }

    private static Table Bare() => new() { Border = TableBorder.None, ShowRowSeparators = false };

    private static string Cell(Column column, JsonNode? entry)
    {
        var value = column.In(entry);
        return Printable.Of(column.Show is null ? Cells.Plain(value) : column.Show(value));
    }

    /// <summary>Spectre fills lines up to the table's width; nobody needs the blanks.</summary>
    private void Print(Table table)
    {
        var text = new StringWriter();
        Screen.Output(around with { Output = text }).Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            around.Output.WriteLine(line.TrimEnd());
    }
}
