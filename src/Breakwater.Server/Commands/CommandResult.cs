namespace Breakwater.Server.Commands;

/// <summary>What a command has to say and what the process returns.</summary>
internal sealed record CommandResult(int ExitCode, string Text);
