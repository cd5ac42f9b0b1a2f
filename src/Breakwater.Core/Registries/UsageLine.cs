namespace Breakwater.Core.Registries;

/// <param name="Name">As ACR's listUsages names it.</param>
/// <param name="Limit">Of the size what the tier includes; otherwise what nothing goes beyond.</param>
public sealed record UsageLine(string Name, long Current, long Limit, bool IsBytes = false);
