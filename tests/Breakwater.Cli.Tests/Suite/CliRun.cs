using System.Text.Json.Nodes;

namespace Breakwater.Cli.Tests.Suite;

/// <summary>How a run of the program ended.</summary>
public sealed record CliRun(int ExitCode, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public CliRun Expect(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"Ended with {ExitCode}, not {exitCode}:\n{Output}\n{Error}");
        return this;
    }
}
