using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Spectre.Console;

namespace Breakwater.Cli.Commands.Operations;

/// <summary>What was looked at, and what to do, for people.</summary>
internal static class HealthScreen
{
    public static string Draw(Surroundings around, IReadOnlyList<HealthCheck> checks)
    {
        var text = new StringWriter();
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 2, 0), NoWrap = true }).AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 2, 0), NoWrap = true }).AddColumn("");
        foreach (var check in checks)
        {
            table.AddRow(Mark(check.Ok), new Text(check.Name), new Text(Printable.Of(check.Finding)));
            if (check.Fix is not null)
                table.AddRow(new Text(""), new Text(""), new Markup(Markup.Escape("→ " + Printable.Of(check.Fix)), Color.Yellow));
        }
        Screen.Output(around with { Output = text }).Write(table);
        return string.Concat(text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd() + Environment.NewLine));
    }

    private static Markup Mark(bool? ok) => ok switch
    {
        true => new Markup("ok", Color.Green),
        false => new Markup("FAILED", Color.Red),
        null => new Markup("-", Color.Grey),
    };
}
