using Breakwater.Core.Access;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Audit;

/// <summary>Reads the log.</summary>
public sealed class AuditReader(IMetadataDatabase database, AuditLog log)
{
    private const string Where = """
        (@from IS NULL OR time >= @from) AND (@until IS NULL OR time < @until)
        AND (@category IS NULL OR category = @category) AND (@Operation IS NULL OR operation = @Operation COLLATE NOCASE)
        AND (@Identity IS NULL OR identity = @Identity OR principal_id = @principal) AND (@Repository IS NULL OR repository = @Repository)
        AND (@CorrelationId IS NULL OR correlation_id = @CorrelationId)
        AND (@Status IS NULL OR status = @Status) AND (@Failed IS NULL OR (status >= 400 OR status = 0) = @Failed)
        """;

    private const string OldestFirst = Where + " AND sequence > @after ORDER BY sequence LIMIT @limit";
    private const string NewestFirst = Where + " AND sequence < @after ORDER BY sequence DESC LIMIT @limit";

    /// <summary>Everything that was answered before this is called will be found.</summary>
    /// <exception cref="Oci.OciException"><c>StorageFull</c> or <c>Unavailable</c></exception>
    public Task CatchUpAsync() => log.FlushAsync();

    /// <param name="after">The last record that was seen; null at the beginning.</param>
    /// <param name="limit">At most so many.</param>
    public Task<IReadOnlyList<ChainedRecord>> ListAsync(ManagementAccess access, AuditFilter filter, long? after, int limit)
    {
        access.Demand(ManagementActions.AuditEventsList);
        return database.ReadAsync(db => AuditRows.ListAsync(db, filter.NewestFirst ? NewestFirst : OldestFirst, new
        {
            from = filter.From?.ToUnixTimeMilliseconds(),
            until = filter.Until?.ToUnixTimeMilliseconds(),
            category = (int?)filter.Category,
            filter.Operation,
            filter.Identity,
            principal = Guid.TryParse(filter.Identity, out var id) ? id.ToString("N") : null,
            filter.Repository,
            filter.CorrelationId,
            filter.Status,
            filter.Failed,
            after = after ?? (filter.NewestFirst ? long.MaxValue : 0),
            limit,
        }));
    }
}
