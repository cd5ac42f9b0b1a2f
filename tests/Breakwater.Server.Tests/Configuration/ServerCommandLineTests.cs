using Breakwater.Server.Configuration;

namespace Breakwater.Server.Tests.Configuration;

public sealed class ServerCommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" }, _error = new() { NewLine = "\n" };
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Invoke_NoCommand_Serves()
    {
        Assert.Equal(0, await InvokeAsync("--data", _folder.Path, "--https", "off", "--allow-plaintext"));
        Assert.Equal([$"serve {_folder.Path} https= plaintext=True"], _ran);
    }

    [Theory]
    [InlineData("gc", "gc False")]
    [InlineData("gc --dry-run", "gc True")]
    [InlineData("verify --deep", "verify True")]
    [InlineData("backup /b", "backup /b")]
    [InlineData("restore /b", "restore /b")]
    [InlineData("open-network closed", "open-network closed")]
    public async Task Invoke_Command_RunsItWithItsExitCode(string line, string expected)
    {
        Assert.Equal(7, await InvokeAsync([.. line.Split(' '), "--data", _folder.Path]));
        Assert.Equal([expected], _ran);
    }

    [Fact]
    public async Task Invoke_Mistakes_AreToldAllAtOnce()
    {
        Assert.Equal(2, await InvokeAsync("--data", _folder.Path, "--htps", "off", "--http", "0.0.0.0:5000", "--gc-lease", "soon"));
        Assert.Equal(
            """
            Breakwater did not start: 4 settings need your attention.
              --htps (command line): There is no such flag or command here. Remove it, or did you mean --https?
              off (command line): There is no such flag or command here. Remove it, or did you mean gc?
              gc-lease = soon (flag --gc-lease): This is not a duration. Write a number with ms, s, m, h or d, such as 30s, 10m or 24h.
              http = 0.0.0.0:5000: Other machines reach this address, and plain HTTP carries passwords readable. Use --https for it, bind --http to 127.0.0.1, or give --allow-plaintext behind a proxy that speaks TLS.

            """,
            _error.ToString());
        Assert.Empty(_ran);
    }

    [Theory]
    [InlineData("--http")]
    [InlineData("backup")]
    [InlineData("verify --http off")]
    [InlineData("--owner-password x")]
    [InlineData("serve")]
    public async Task Invoke_WhatCannotBeRead_ExitsWithTwo(string line)
    {
        Assert.Equal(2, await InvokeAsync(line.Split(' ')));
        Assert.NotEmpty(_error.ToString());
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Invoke_PrintConfig_ShowsValuesAndOriginsButNoSecret()
    {
        var variables = new Dictionary<string, string> { ["BREAKWATER_OWNER_PASSWORD"] = "hunter2 hunter2", ["BREAKWATER_HTTP"] = "off" };
        Assert.Equal(0, await InvokeAsync(variables, "--print-config", "--data", "/srv/breakwater", "--gc-lease", "90m"));
        Assert.Equal(await Snapshot.ReadAsync("Configuration/print-config.txt", _output.ToString()), _output.ToString());
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Invoke_Help_IsTheSnapshotAndFitsAScreen()
    {
        Assert.Equal(0, await InvokeAsync("--help"));
        var help = _output.ToString().Replace(new ServerSettings().Data, "/home/you/.local/share/breakwater", StringComparison.Ordinal);
        Assert.Equal(await Snapshot.ReadAsync("Configuration/help.txt", help), help);
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 100 && !line.EndsWith(' '), line));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> InvokeAsync(params string[] arguments) => InvokeAsync(new Dictionary<string, string>(), arguments);

    private Task<int> InvokeAsync(Dictionary<string, string> variables, params string[] arguments)
    {
        var commands = new ServerCommands(
            (settings, _) => Ran($"serve {settings.Data} https={settings.Https} plaintext={settings.AllowPlaintext}", 0),
            (_, dryRun, _) => Ran($"gc {dryRun}", 7),
            (_, deep, _) => Ran($"verify {deep}", 7),
            (_, folder, _) => Ran($"backup {folder}", 7),
            (_, folder, _) => Ran($"restore {folder}", 7),
            (_, registry, _) => Ran($"open-network {registry}", 7));
        return new ServerCommandLine(commands, variables, _output, _error).InvokeAsync(arguments);
    }

    private Task<int> Ran(string what, int exitCode)
    {
        _ran.Add(what);
        return Task.FromResult(exitCode);
    }
}
