using System.Globalization;

namespace Breakwater.LoadHarness;

/// <summary>What the command line says. Defaults are those of the published results.</summary>
internal sealed record HarnessOptions
{
    public const string Usage = """
        Breakwater.LoadHarness: measures docker-registry and Breakwater side by side on 127.0.0.1.

          --only NAME         measure one server: peer, breakwater, rules (breakwater with 200 network rules) or null (does nothing: the client's ceiling)
          --pair A,B          measure these two instead of peer,breakwater
          --case PATTERN      only cases whose name contains every word of PATTERN; repeatable
          --list              print the cases and end
          --quick             one round of 1 s, without the long cases
          --rounds N          rounds per case, alternating the servers (3)
          --seconds S         measured time per round (3)
          --warm-up S         time before the first round of a case (2)
          --connections N     connections for small requests (8)
          --large-connections N  connections for bodies from 1 MiB (4)
          --patience S        time that the whole run may wait for core 0 to be at full speed (600)
          --breakwater DLL    the server to measure (src/Breakwater.Server/bin/Release/net10.0/Breakwater.Server.dll)
          --work DIR          data folders and logs (a folder in the system's temporary folder); its file system is part of the result
          --refresh           make the preloaded data folders anew
          --out FILE          also write the table to a file
        """;

    public IReadOnlyList<string> Targets { get; init; } = ["peer", "breakwater"];
    public IReadOnlyList<string> Patterns { get; init; } = [];
    public bool List { get; init; }
    public bool SkipLong { get; init; }
    public int Rounds { get; init; } = 3;
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(3);
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);
    public int Connections { get; init; } = 8;
    public int LargeConnections { get; init; } = 4;
    public string ServerDll { get; init; } = Path.GetFullPath("src/Breakwater.Server/bin/Release/net10.0/Breakwater.Server.dll");
    public string WorkFolder { get; init; } = Path.Combine(Path.GetTempPath(), "breakwater-bench");
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(600);
    public bool Refresh { get; init; }
    public string? OutFile { get; init; }

    public static HarnessOptions Parse(IEnumerable<string> arguments)
    {
        var options = new HarnessOptions();
        using var words = arguments.GetEnumerator();
        while (words.MoveNext())
            options = options.With(words.Current, () => words.MoveNext() ? words.Current : throw new HarnessException(Usage));
        return options;
    }

    private HarnessOptions With(string flag, Func<string> value) => flag switch
    {
        "--only" => this with { Targets = [value()] },
        "--pair" => this with { Targets = value().Split(',') },
        "--case" => this with { Patterns = [.. Patterns, value()] },
        "--list" => this with { List = true },
        "--quick" => this with { Rounds = 1, Window = TimeSpan.FromSeconds(1), WarmUp = TimeSpan.FromSeconds(1), SkipLong = true },
        "--rounds" => this with { Rounds = Number(value()) },
        "--seconds" => this with { Window = Seconds(value()) },
        "--warm-up" => this with { WarmUp = Seconds(value()) },
        "--connections" => this with { Connections = Number(value()) },
        "--large-connections" => this with { LargeConnections = Number(value()) },
        "--breakwater" => this with { ServerDll = Path.GetFullPath(value()) },
        "--work" => this with { WorkFolder = Path.GetFullPath(value()) },
        "--patience" => this with { Patience = Seconds(value()) },
        "--refresh" => this with { Refresh = true },
        "--out" => this with { OutFile = Path.GetFullPath(value()) },
        _ => throw new HarnessException($"{flag} is not an option.\n\n{Usage}"),
    };

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new HarnessException($"{text} is not a number above 0.");

    private static TimeSpan Seconds(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 3600
        ? TimeSpan.FromSeconds(seconds)
        : throw new HarnessException($"{text} is not a number of seconds between 0 and 3600.");
}
