namespace Breakwater.Core.Usage;

/// <summary>A page of a list of repositories or tags.</summary>
/// <param name="Descending">The largest or latest first; names always come in their order.</param>
/// <param name="After"><see cref="UsageCursor"/> of the page before; null: from the start.</param>
public sealed record UsageQuery(UsageOrder Order = UsageOrder.Name, bool Descending = false, string? After = null);
