namespace Breakwater.Core.SoftDelete;

/// <summary>A page of the list of deleted tags, which goes by names, and for one name by the order of the deletions.</summary>
/// <param name="Last">Name of the last one seen; null: from the start.</param>
/// <param name="LastSequence">Which of that name; null: the last of it.</param>
/// <param name="Limit">The most of the page, 0 or more.</param>
public sealed record DeletedTagQuery(string? Last, long? LastSequence, int Limit);
