namespace Breakwater.Core.Retention;

/// <summary>What one request of a purge did, or would have done.</summary>
/// <param name="AsOf">The moment that its times are counted back from; for a run that is to do what this one showed.</param>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record PurgePage(IReadOnlyList<PurgedItem> Removed, IReadOnlyList<KeptItem> Kept, DateTimeOffset AsOf, PurgeCursor? Next)
{
    /// <summary>Since when the registry's pulls are counted, if the purge goes by them; what was never pulled counts as pulled then.</summary>
    public DateTimeOffset? CountedSince { get; init; }
}
