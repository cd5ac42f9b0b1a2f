namespace Breakwater.Cli.Commands.Operations;

/// <summary>One thing that was looked at.</summary>
/// <param name="Ok">Null when it was not looked at, since something before it failed or nothing was asked for.</param>
/// <param name="Fix">What to do; null when there is nothing to do.</param>
internal sealed record HealthCheck(string Name, bool? Ok, string Finding, string? Fix = null);
