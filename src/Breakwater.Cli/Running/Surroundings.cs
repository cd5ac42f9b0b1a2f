namespace Breakwater.Cli.Running;

/// <summary>Everything around the program: terminal, environment, clock.</summary>
internal sealed record Surroundings
{
    public const string ConfigVariable = "BREAKWATER_CONFIG_DIR";

    public required TextReader Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person can be asked.</summary>
    public bool AsksPerson { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal. Default: 80.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Reads a line without showing it.</summary>
    public Func<string> ReadHidden { get; init; } = () => "";

    /// <summary>An environment variable; null or empty when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The folder of the profiles: <c>BREAKWATER_CONFIG_DIR</c>, else <c>breakwater</c> in the platform's folder for configuration (XDG's on Linux).</summary>
    public string ConfigFolder => Variable(ConfigVariable) is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "breakwater");

    /// <summary>https://no-color.org</summary>
    public bool UsesColor(bool isTerminal) => isTerminal && string.IsNullOrEmpty(Variable("NO_COLOR"));

    public static Surroundings OfProcess() => new()
    {
        Input = Console.In,
        Output = Console.Out,
        Error = Console.Error,
        AsksPerson = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = WidthOfTerminal(),
        ReadHidden = HiddenLine.Read,
        Variable = Environment.GetEnvironmentVariable,
    };

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
