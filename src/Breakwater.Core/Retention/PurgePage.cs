namespace Breakwater.Core.Retention;

/// <summary>What one request of a purge did, or would have done.</summary>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record PurgePage(IReadOnlyList<PurgedItem> Removed, IReadOnlyList<KeptItem> Kept, PurgeCursor? Next);
