using Breakwater.Core.Access;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Audit;

/// <summary>Reads the log.</summary>
public sealed class AuditReader(IMetadataDatabase database, AuditLog log)
{
    private const string Where = "(@From IS NULL OR max_time >= @From) AND (@Until IS NULL OR min_time < @Until) AND (@Category IS NULL OR categories & @Category)";

    // The record behind @after may stand in the middle of a segment.
    private const string OldestFirst = Where + """
         AND first_sequence >= coalesce((SELECT max(first_sequence) FROM audit_segment WHERE first_sequence <= @after), 0) ORDER BY first_sequence
        """;

    private const string NewestFirst = Where + " AND first_sequence < @after ORDER BY first_sequence DESC";

    /// <summary>Everything that was answered before this is called will be found.</summary>
    /// <exception cref="Oci.OciException"><c>StorageFull</c> or <c>Unavailable</c></exception>
    public Task CatchUpAsync() => log.FlushAsync();

    /// <param name="after">The last record that was seen; null at the beginning.</param>
    /// <param name="limit">At most so many.</param>
    public Task<IReadOnlyList<ChainedRecord>> ListAsync(ManagementAccess access, AuditFilter filter, long? after, int limit)
    {
        access.Demand(ManagementActions.AuditEventsList);
        var page = new AuditPage(filter, after ?? (filter.NewestFirst ? long.MaxValue : 0), limit);
        return database.ReadAsync(async db =>
        {
            await foreach (var segment in SegmentRows.ListAsync(db, filter.NewestFirst ? NewestFirst : OldestFirst, page.Bounds))
            {
                page.Add(segment);
                if (page.IsFull)
                    break;
            }
            return page.Records;
        });
    }
}
