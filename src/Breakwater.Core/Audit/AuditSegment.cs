using System.Buffers;

namespace Breakwater.Core.Audit;

/// <summary>Records that were written at once, in one row.</summary>
/// <remarks>
/// <code>
/// payload = 0x01 | record | record | …            the version, then at least one record
/// record  = packed | hash 32                      as RecordPacking and ChainHash draw them
/// </code>
/// The numbers of the records are not in it: they begin with the segment's, and each hash covers its own.
/// </remarks>
internal sealed record AuditSegment(long FirstSequence, SegmentColumns Columns, ReadOnlyMemory<byte> Payload)
{
    public const byte Version = 1;

    /// <summary>As far as they can be read.</summary>
    public IEnumerable<StoredRecord> Records()
    {
        if (Payload.Span is not [Version, ..])
            yield break;
        var last = new StoredRecord(FirstSequence - 1, default, default, End: 1);
        while (Behind(last) is { } record)
            yield return last = record;
    }

    /// <summary>The last record that can be read; null when none can.</summary>
    public ChainLink? Last() => Records().Select(record => (StoredRecord?)record).LastOrDefault()?.Link;

    private StoredRecord? Behind(StoredRecord last)
    {
        var (rest, values) = (Payload[last.End..], new ArrayBufferWriter<byte>(512));
        if (RecordPacking.Unpack(rest.Span, last.Values.Span, values) is not { } length || rest.Length < length + ChainHash.Size)
            return null;
        return new StoredRecord(last.Sequence + 1, values.WrittenMemory, rest.Slice(length, ChainHash.Size), last.End + length + ChainHash.Size);
    }
}
