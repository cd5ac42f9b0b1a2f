namespace Breakwater.Core.Registries;

/// <param name="Registry">As it is now; null unless the outcome is <see cref="RegistryOutcome.Done"/>.</param>
public sealed record RegistryResult(RegistryOutcome Outcome, Registry? Registry = null);
