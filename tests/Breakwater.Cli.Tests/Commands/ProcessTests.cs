using System.Diagnostics;
using Breakwater.Cli.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>The program as a process of its own.</summary>
public sealed class ProcessTests(CliServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private async Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tool.Require("dotnet").FilePath, [Path.Combine(AppContext.BaseDirectory, "breakwater.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BREAKWATER_CONFIG_DIR"] = folder["config"] },
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    [Fact]
    public async Task Process_SignedInByAPipe_ListsAndSignsOut()
    {
        Assert.Equal(0, (await RunAsync(ServerProcess.OwnerPassword + "\n", "login", server.Address, "-u", "owner", "--password-stdin", "--ca-file", server.CaFile)).Code);

        Assert.Equal((0, "local\n", ""), await RunAsync("", "registry", "list", "--query", "[].name", "-o", "tsv"));

        Assert.Equal((0, "Signed out.\n", ""), await RunAsync("", "logout"));
        var (code, output, error) = await RunAsync("", "registry", "list");
        Assert.Equal((4, "", "Error: Nobody has signed in.\n  Sign in with 'breakwater login SERVER'.\n"), (code, output, error));
    }

    [Fact]
    public async Task Process_WithoutSomebodyToAsk_DoesNotWait() => Assert.Equal(2, (await RunAsync("", "login", server.Address, "-u", "owner", "--ca-file", server.CaFile)).Code);

    public void Dispose() => folder.Dispose();
}
