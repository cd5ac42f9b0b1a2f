using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;
using Spectre.Console;

namespace Breakwater.Cli.Commands.Operations;

/// <summary>A decision and its reasons, for people.</summary>
internal static class ExplanationScreen
{
    public static string Draw(Surroundings around, AccessExplanation explanation, string headline)
    {
        var text = new StringWriter();
        var console = Screen.Output(around with { Output = text });
        console.MarkupLineInterpolated($"[{(explanation.Allowed ? "green" : "red")}]{Printable.Of(headline)}[/]");
        if (explanation.Considered.Count > 0)
            DrawRights(console, explanation);
        else
            console.WriteLine("No role and no grant.");
        foreach (var obstacle in explanation.Obstacles)
            console.MarkupLineInterpolated($"In the way: {Printable.Of(obstacle)}");
        if (explanation.WouldAllow.Count > 0)
            console.MarkupLineInterpolated($"One of these roles would allow it, the least one first: {Printable.Of(string.Join(", ", explanation.WouldAllow))}");
        return string.Concat(text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd() + Environment.NewLine));
    }

    private static void DrawRights(IAnsiConsole console, AccessExplanation explanation)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { Padding = new Padding(2, 0, 2, 0) }).AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });
        foreach (var right in explanation.Considered)
            table.AddRow(new Text(Printable.Of(right.Name)), new Text(Printable.Of(right.Finding)));
        console.Write(table);
    }
}
