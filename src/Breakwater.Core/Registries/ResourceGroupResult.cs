namespace Breakwater.Core.Registries;

/// <param name="Group">As it is now; null when there is none.</param>
/// <param name="Registries">Names of what keeps it from being deleted.</param>
public sealed record ResourceGroupResult(ResourceGroupOutcome Outcome, ResourceGroup? Group = null, IReadOnlyList<string>? Registries = null);
