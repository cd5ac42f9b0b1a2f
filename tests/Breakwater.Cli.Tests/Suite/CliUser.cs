using Breakwater.Cli.Running;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.Cli.Tests.Suite;

/// <summary>Somebody at a terminal, with a folder of configuration of their own; the program runs in this process.</summary>
public sealed class CliUser(CliServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private volatile StringWriter? said;

    public string Folder => folder.Path;

    public string ProfileFile => folder["config/default.json"];

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What is typed where nothing is shown; null: there is nobody to ask.</summary>
    public string? Hidden { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public async Task<CliRun> TypeAsync(string input, params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        said = error;
        var around = new Surroundings
        {
            Input = new StringReader(input),
            Output = output,
            Error = error,
            AsksPerson = Hidden is not null,
            ReadHidden = () => Hidden!,
            Clock = Clock,
            Variable = name => name == Surroundings.ConfigVariable ? folder["config"] : Variables.GetValueOrDefault(name),
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var code = await new CommandLine(around).InvokeAsync(arguments, limit.Token);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    public Task<CliRun> RunAsync(params string[] arguments) => TypeAsync("", arguments);

    /// <summary>Runs what must succeed, with the words of a line; those that hold blanks come after it.</summary>
    public async Task<CliRun> DoAsync(string line, params string[] more) => (await RunAsync([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. more])).Expect(0);

    public async Task SignInAsync(string name = ServerProcess.OwnerName, string password = ServerProcess.OwnerPassword) =>
        (await TypeAsync(password, "login", server.Address, "-u", name, "--password-stdin", "--ca-file", server.CaFile)).Expect(0);

    /// <summary>The code that a run has just shown, which is still waiting.</summary>
    public async Task<string> CodeAsync()
    {
        var match = System.Text.RegularExpressions.Match.Empty;
        await Eventually.HoldsAsync(() => Task.FromResult((match = System.Text.RegularExpressions.Regex.Match(said?.ToString() ?? "", "enter the code ([A-Z-]{9})")).Success), "a code is shown");
        return match.Groups[1].Value;
    }

    public string Write(string name, string content)
    {
        File.WriteAllText(folder[name], content);
        return folder[name];
    }

    public void Dispose() => folder.Dispose();
}
