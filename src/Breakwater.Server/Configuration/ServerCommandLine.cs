using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Configuration;

/// <summary>The command line: the root command runs the server, five subcommands look after its data.</summary>
internal sealed class ServerCommandLine
{
    private readonly Dictionary<SettingKey, Option<string>> _options =
        SettingKeys.All.Where(key => !key.EnvironmentOnly).ToDictionary(key => key, ToOption);
    private readonly Option<string> _config = new("--config") { Description = "The settings file.", HelpName = "FILE", Recursive = true };
    private readonly Option<bool> _printConfig = new("--print-config") { Description = "Print every setting, its value and where it came from." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be taken, and why, and take nothing." };
    private readonly Option<bool> _deep = new("--deep") { Description = "Read and decrypt all content, and compare every digest." };
    private readonly Argument<string> _folder = new("DIR") { Description = "A folder." };
    private readonly Argument<string> _registry = new("REGISTRY") { Description = "A registry's name." };
    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly TextWriter _output, _error;
    private readonly RootCommand _root;

    public ServerCommandLine(ServerCommands commands, IReadOnlyDictionary<string, string> variables, TextWriter output, TextWriter error)
    {
        (_variables, _output, _error) = (variables, output, error);
        _root = new RootCommand("Breakwater, a container registry that encrypts what it keeps. Without a command it runs the server.") { _config, _printConfig };
        foreach (var option in _options.Values)
            _root.Add(option);
        _root.Add(Command("gc", "Collect content that nothing refers to, now.", [_dryRun],
            (parsed, settings, stop) => commands.CollectGarbage(settings, parsed.GetValue(_dryRun), stop)));
        _root.Add(Command("verify", "Check that everything kept is whole. Exit code 0 only when it is.", [_deep],
            (parsed, settings, stop) => commands.Verify(settings, parsed.GetValue(_deep), stop)));
        _root.Add(Command("backup", "Copy the data to an empty folder, while the server runs or not.", [_folder],
            (parsed, settings, stop) => commands.Backup(settings, Folder(parsed), stop)));
        _root.Add(Command("restore", "Bring a backup back into an empty data directory.", [_folder],
            (parsed, settings, stop) => commands.Restore(settings, Folder(parsed), stop)));
        _root.Add(Command("open-network", "Let everybody reach a registry again whose network rules shut you out.", [_registry],
            (parsed, settings, stop) => commands.OpenNetwork(settings, parsed.GetRequiredValue(_registry), stop)));
        _root.SetAction((parsed, stop) => parsed.GetValue(_printConfig)
            ? Task.FromResult(PrintConfig(parsed))
            : RunAsync(parsed, forServing: true, settings => commands.Serve(settings, stop)));
        foreach (var help in _root.Options.OfType<HelpOption>())
            help.Action = new HelpPage(help.Action as HelpAction ?? new HelpAction());
    }

    /// <returns>The exit code.</returns>
    public Task<int> InvokeAsync(IReadOnlyList<string> arguments)
    {
        var parsed = _root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
            return Task.FromResult(Refuse(Load(parsed, forServing: parsed.CommandResult.Command == _root).Errors));
        // Stopping is the host's: it drains first. Null keeps the library from ending the process after two seconds.
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = _output,
            Error = _error,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });
    }

    private Command Command(string name, string description, Symbol[] symbols, Func<ParseResult, ServerSettings, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }
        command.SetAction((parsed, stop) => RunAsync(parsed, forServing: false, settings => run(parsed, settings, stop)));
        return command;
    }

    private static Option<string> ToOption(SettingKey key) => new(key.Flag)
    {
        Description = key.Help,
        HelpName = key.Value,
        Recursive = key.ForCommands,
        Arity = key.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };

    private string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetRequiredValue(_folder));

    private Task<int> RunAsync(ParseResult parsed, bool forServing, Func<ServerSettings, Task<int>> run)
    {
        var loaded = Load(parsed, forServing);
        return loaded.Errors.Count > 0 ? Task.FromResult(Refuse(loaded.Errors)) : run(loaded.Settings);
    }

    private int PrintConfig(ParseResult parsed)
    {
        var loaded = Load(parsed, forServing: true);
        _output.Write(ConfigReport.Render(loaded));
        return loaded.Errors.Count > 0 ? Refuse(loaded.Errors) : ExitCodes.Done;
    }

    private int Refuse(IReadOnlyList<SettingError> errors)
    {
        _error.WriteLine($"Breakwater did not start: {errors.Count} {(errors.Count == 1 ? "setting needs" : "settings need")} your attention.");
        foreach (var error in errors)
            _error.WriteLine($"  {error}");
        return ExitCodes.BadSettings;
    }

    private LoadedSettings Load(ParseResult parsed, bool forServing)
    {
        var flags = new List<SettingSource>();
        foreach (var (key, option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false } given && (given.Tokens.Count > 0 || key.IsSwitch))
                flags.Add(new(key, FlagText(key, given.Tokens is [.., var last] ? last.Value : "true"), $"flag {key.Flag}"));
        }
        var loaded = SettingsLoader.Load(flags, parsed.GetResult(_config)?.Tokens is [.., var file] ? file.Value : null, _variables);
        var checks = forServing ? SettingsChecks.ForServing(loaded.Settings, DescriptorLimit.Raise()) : [];
        return loaded with { Errors = [.. ParseErrors(parsed), .. loaded.Errors, .. checks] };
    }

    private static string FlagText(SettingKey key, string text) => key.IsPath && text.Length > 0 ? Path.GetFullPath(text) : text;

    private IEnumerable<SettingError> ParseErrors(ParseResult parsed)
    {
        foreach (var token in parsed.UnmatchedTokens)
            yield return new(token, null, "command line", "There is no such flag or command here.",
                Suggestion.For(token, Words(parsed.CommandResult.Command), "Remove it"));
        // The library complains of the same tokens in its own words.
        foreach (var error in parsed.Errors.Where(error => !parsed.UnmatchedTokens.Any(token => Names(error.Message, token))))
            yield return new("command line", null, null, error.Message, "--help shows how it is written.");
    }

    private static bool Names(string message, string token) => message.Contains($"'{token}'", StringComparison.Ordinal);

    private IEnumerable<string> Words(Command command) => command == _root
        ? [.. _root.Options.Select(option => option.Name), .. _root.Subcommands.Select(sub => sub.Name)]
        : command.Options.Concat(_root.Options.Where(option => option.Recursive)).Select(option => option.Name);
}
