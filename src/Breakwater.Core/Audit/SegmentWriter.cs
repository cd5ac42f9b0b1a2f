using System.Buffers;

namespace Breakwater.Core.Audit;

/// <summary>Makes segments. Its buffer serves for one after the other: a segment is good until the next is begun.</summary>
/// <remarks>Used by the log's writer alone. Pulls come by the thousand, so it makes no objects per record.</remarks>
internal sealed class SegmentWriter
{
    private readonly ArrayBufferWriter<byte> _payload = new(64 * 1024), _previous = new(1024);
    private readonly ChainHash _chain = new();
    private readonly byte[] _hash = new byte[ChainHash.Size];
    private SegmentColumns _columns;
    private long _first, _next;

    /// <summary>The last record of the segment.</summary>
    public ChainLink Last => new(_next - 1, _hash.ToArray());

    public AuditSegment Segment => new(_first, _columns, _payload.WrittenMemory);

    public void Begin(ChainLink after)
    {
        (_first, _next, _columns) = (after.Sequence + 1, after.Sequence + 1, SegmentColumns.None);
        after.Hash.Span.CopyTo(_hash);
        _payload.ResetWrittenCount();
        _previous.ResetWrittenCount();
        _payload.Write([AuditSegment.Version]);
    }

    public void Add(AuditRecord record)
    {
        var values = _chain.Next(_hash, _next++, record, _hash);
        RecordPacking.Pack(values, _previous.WrittenSpan, _payload);
        _payload.Write(_hash);
        _previous.ResetWrittenCount();
        _previous.Write(values);
        _columns = _columns.With(record.Time.ToUnixTimeMilliseconds(), record.Category);
    }
}
