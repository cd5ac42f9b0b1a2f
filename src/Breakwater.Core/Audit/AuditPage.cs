namespace Breakwater.Core.Audit;

/// <summary>Collects the records that a query asks for.</summary>
/// <param name="only">The registry of records that name none.</param>
/// <param name="after">The last record that was seen, in the order that is asked for.</param>
internal sealed class AuditPage(AuditFilter filter, string only, long after, int limit)
{
    private readonly long? _from = filter.From?.ToUnixTimeMilliseconds(), _until = filter.Until?.ToUnixTimeMilliseconds();
    private readonly Guid? _principal = Guid.TryParse(filter.Identity, out var id) ? id : null;
    private readonly List<ChainedRecord> _records = [];

    public IReadOnlyList<ChainedRecord> Records => _records;

    public bool IsFull => _records.Count >= limit;

    /// <summary>For the statement: which segments can have such records.</summary>
    public object Bounds => new { From = _from, Until = _until, Category = filter.Category is { } category ? SegmentColumns.Bit(category) : (long?)null, after };

    /// <param name="segment">In the order that is asked for.</param>
    public void Add(AuditSegment segment)
    {
        foreach (var stored in filter.NewestFirst ? segment.Records().Reverse() : segment.Records())
        {
            if (IsFull)
                return;
            if (IsAhead(stored) && stored.Read() is var record && Fits(record.Record))
                _records.Add(record);
        }
    }

    /// <summary>What can be said without reading it all.</summary>
    private bool IsAhead(StoredRecord record)
    {
        var (time, category) = record.Head;
        return (filter.NewestFirst ? record.Sequence < after : record.Sequence > after)
            && !(time < _from) && !(time >= _until) && (filter.Category is null || category == (long)filter.Category);
    }

    private bool Fits(AuditRecord record) =>
        (filter.Operation is null || filter.Operation.Equals(record.Operation, StringComparison.OrdinalIgnoreCase))
        && (filter.Identity is null || filter.Identity == record.Identity || (_principal is not null && _principal == record.PrincipalId))
        && (filter.Registry is null || filter.Registry.Equals(AuditedRegistry.NameOf(record, only), StringComparison.OrdinalIgnoreCase))
        && (filter.Repository is null || filter.Repository == record.Repository)
        && (filter.CorrelationId is null || filter.CorrelationId == record.CorrelationId)
        && (filter.Status is null || filter.Status == record.Status)
        && (filter.Failed is null || filter.Failed == record.Status is >= 400 or 0);
}
