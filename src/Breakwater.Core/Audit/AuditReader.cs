using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Audit;

/// <summary>Reads the log. Who may read it in one registry only reads what is about that one, and nothing of an earlier one of its name.</summary>
public sealed class AuditReader(IMetadataDatabase database, AuditLog log, RegistryDirectory registries)
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
    /// <exception cref="Oci.OciException"><c>Denied</c>: another registry is asked about than the one whose log the caller may read.</exception>
    public Task<IReadOnlyList<ChainedRecord>> ListAsync(ManagementAccess access, AuditFilter filter, long? after, int limit)
    {
        access.Demand(ManagementActions.AuditEventsList);
        var page = new AuditPage(Narrow(access, filter), registries.First.Name, after ?? (filter.NewestFirst ? long.MaxValue : 0), limit);
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

    private static AuditFilter Narrow(ManagementAccess access, AuditFilter filter)
    {
        if (access.Allows(RoleScope.Installation, ManagementActions.AuditEventsList))
            return filter;
        if (access.Registry is not { } registry || (filter.Registry is { } named && !named.Equals(registry.Name, StringComparison.OrdinalIgnoreCase)))
            throw new OciException(OciErrors.Denied, "With your rights only the records of the registry in the path can be read. Ask at the registry that you mean.");
        return filter with { Registry = registry.Name, From = filter.From > registry.CreatedAt ? filter.From : registry.CreatedAt };
    }
}
