using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace Breakwater.Testing.Tooling;

/// <summary>A program on the PATH.</summary>
public sealed class Tool
{
    private Tool(string name, string path) => (Name, FilePath) = (name, path);

    public string Name { get; }

    public string FilePath { get; }

    /// <summary>The tool, or a skipped test that says how to get it (a failed one under <c>BREAKWATER_TESTS_NO_SKIP=1</c>).</summary>
    public static Tool Require(string name) => Find(name) ?? throw Missing($"{name} is not on the PATH; eng/install-test-tools.sh installs it where it is packaged.");

    /// <summary>Skips when a file that eng/install-test-tools.sh puts there is not there.</summary>
    public static void RequireFile(string path, string what)
    {
        if (!File.Exists(path))
            throw Missing($"{what} is not installed; eng/install-test-tools.sh installs it where npm is.");
    }

    /// <summary>Skips when the test needs root and does not have it.</summary>
    public static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
            throw Missing("This test mounts file systems and needs root.");
    }

    /// <summary>Skips when the machine's resolver does not know the name, as it may not know those below localhost.</summary>
    public static async Task RequireHostAsync(string name)
    {
        if ((await Require("getent").TryRunAsync(["ahosts", name])).ExitCode != 0)
            throw Missing($"{name} is no host; eng/install-test-tools.sh installs libnss-myhostname, which knows the names below localhost.");
    }

    public static Tool? Find(string name)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
                return new Tool(name, path);
        }
        return null;
    }

    /// <summary>Runs the tool and fails the test when its exit code is not 0.</summary>
    public async Task<string> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null)
    {
        var result = await TryRunAsync(arguments, environment, workingDirectory);
        Assert.True(result.ExitCode == 0, $"{result.CommandLine} ended with {result.ExitCode}:\n{result.StandardError}\n{result.StandardOutput}");
        return result.StandardOutput;
    }

    public async Task<ToolResult> TryRunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null, TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(2));
        var command = Cli.Wrap(FilePath)
            .WithArguments(arguments)
            .WithEnvironmentVariables(environment ?? new Dictionary<string, string?>())
            .WithWorkingDirectory(workingDirectory ?? Path.GetTempPath())
            .WithValidation(CommandResultValidation.None);
        var result = await command.ExecuteBufferedAsync(limit.Token);
        return new ToolResult(command.ToString(), result.ExitCode, result.StandardOutput, result.StandardError);
    }

    private static Xunit.Sdk.FailException Missing(string reason)
    {
        Assert.SkipUnless(TestSettings.NoSkip, reason);
        return Xunit.Sdk.FailException.ForFailure(reason + " Skips count as failures here (BREAKWATER_TESTS_NO_SKIP=1).");
    }
}
