using System.Buffers;

namespace Breakwater.Core.Audit;

/// <summary>
/// Leaves out what a record has in common with the one before it in its segment: of a pull that is nearly all, and writing the bytes costs more than
/// making them.
/// </summary>
/// <remarks>
/// <code>
/// packed = for each value: 0x03                   the same as in the record before
///                        | value                  another
/// </code>
/// There is one way to pack a record, so that a segment cannot be written in another way unnoticed.
/// </remarks>
internal static class RecordPacking
{
    private const byte Same = 3;

    /// <param name="previous">The values of the record before; empty for the first.</param>
    public static void Pack(ReadOnlySpan<byte> values, ReadOnlySpan<byte> previous, ArrayBufferWriter<byte> packed)
    {
        while (!values.IsEmpty)
        {
            var value = values[..RecordReader.LengthOf(values)!.Value];
            var before = Take(ref previous);
            packed.Write(value.SequenceEqual(before) ? [Same] : value);
            values = values[value.Length..];
        }
    }

    /// <param name="values">Takes the values.</param>
    /// <returns>How many bytes of <paramref name="packed"/> were the record; null when there is none.</returns>
    public static int? Unpack(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> previous, ArrayBufferWriter<byte> values)
    {
        var rest = packed;
        for (var column = 0; column < RecordWriter.Columns; column++)
        {
            var before = Take(ref previous);
            var isSame = rest is [Same, ..] && !before.IsEmpty;
            if ((isSame ? 1 : RecordReader.LengthOf(rest)) is not { } length || rest[..length].SequenceEqual(before))
                return null;
            values.Write(isSame ? before : rest[..length]);
            rest = rest[length..];
        }
        return packed.Length - rest.Length;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> values)
    {
        if (RecordReader.LengthOf(values) is not { } length)
            return [];
        var value = values[..length];
        values = values[length..];
        return value;
    }
}
