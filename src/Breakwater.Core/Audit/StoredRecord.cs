namespace Breakwater.Core.Audit;

/// <summary>A record as it lies in a segment.</summary>
/// <param name="Values">What <see cref="RecordWriter"/> wrote.</param>
/// <param name="End">Where in the payload the next one begins.</param>
internal readonly record struct StoredRecord(long Sequence, ReadOnlyMemory<byte> Values, ReadOnlyMemory<byte> Hash, int End)
{
    public ChainLink Link => new(Sequence, Hash);

    /// <summary>The time in ms and the category, without the rest.</summary>
    public (long Time, long Category) Head
    {
        get
        {
            var reader = new RecordReader(Values.Span);
            return (reader.Number() ?? 0, reader.Number() ?? 0);
        }
    }

    public ChainedRecord Read() => new(Sequence, new RecordReader(Values.Span).Read(), Hash);
}
