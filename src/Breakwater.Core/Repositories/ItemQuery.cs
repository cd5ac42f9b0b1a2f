namespace Breakwater.Core.Repositories;

/// <summary>A page of a list of tags or manifests.</summary>
/// <param name="Last">Name or digest of the last item seen; null: from the start.</param>
/// <param name="LastAt">When that item had been changed last, for the orders of time; null: as the database has it now.</param>
/// <param name="Limit">The most items of the page, 0 or more.</param>
public sealed record ItemQuery(ItemOrder Order, string? Last, DateTimeOffset? LastAt, int Limit);
