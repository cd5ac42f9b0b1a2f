using Breakwater.Cli.Running;
using Spectre.Console;

namespace Breakwater.Cli.Output;

/// <summary>Spectre's consoles over the program's own writers.</summary>
internal static class Screen
{
    // Lines in a file are as long as they need to be.
    private const int NoWrap = 10_000;

    public static IAnsiConsole Output(Surroundings around) => Of(around, around.Output, around.OutputIsTerminal);

    public static IAnsiConsole Error(Surroundings around) => Of(around, around.Error, around.ErrorIsTerminal);

    private static IAnsiConsole Of(Surroundings around, TextWriter writer, bool isTerminal)
    {
        var color = around.UsesColor(isTerminal);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = isTerminal ? around.Width : NoWrap;
        return console;
    }
}
