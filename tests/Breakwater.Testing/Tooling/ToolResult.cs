namespace Breakwater.Testing.Tooling;

/// <summary>How a program ended and what it said.</summary>
public sealed record ToolResult(string CommandLine, int ExitCode, string StandardOutput, string StandardError)
{
    public string AllOutput => StandardOutput + StandardError;
}
