using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Spectre.Console;

namespace Breakwater.Cli.Output;

/// <summary>Failures: one line that says what and by which id the server's log has it, one that says what to do.</summary>
internal static class ErrorScreen
{
    public static void Write(Surroundings around, BreakwaterException error)
    {
        var console = Screen.Error(around);
        console.MarkupLineInterpolated($"[red]Error:[/] {Printable.Of(error.Message)}{Details(error)}");
        if (error.Remedy is not null)
            console.MarkupLineInterpolated($"  {Printable.Of(error.Remedy)}");
    }

    private static string Details(BreakwaterException error)
    {
        string?[] parts = [error.Code, error.Status is { } status ? $"HTTP {status}" : null, error.CorrelationId is { } id ? $"correlation id {id}" : null];
        var known = string.Join(", ", parts.Where(part => part is not null));
        return known.Length > 0 ? $" ({Printable.Of(known)})" : "";
    }
}
