using Breakwater.Core.Keys;

namespace Breakwater.Core.Storage;

/// <summary>The sealed form of objects, in memory.</summary>
internal static class RowSeal
{
    public static byte[] Seal(SegmentCipher cipher, ReadOnlySpan<byte> content)
    {
        var bytes = new byte[Segments.SealedLength(content.Length)];
        cipher.Header.CopyTo(bytes);
        var count = Segments.Count(content.Length);
        for (long i = 0; i < count; i++)
        {
            var plain = content.Slice((int)(i << Segments.SizeLog2), PlainLength(content.Length, i));
            cipher.Seal(i, i == count - 1, plain, bytes.AsSpan((int)Segments.OffsetOf(i)));
        }
        return bytes;
    }

    public static byte[] Open(RootKey root, Guid registryId, SealedRow row)
    {
        var sealedBytes = row.Bytes.AsSpan();
        if (sealedBytes.Length < ObjectHeader.Size + Segments.TagSize || !ObjectHeader.Matches(sealedBytes[..ObjectHeader.Size], row.Epoch, registryId, row.Id))
            throw new CorruptObjectException(row.Id, "its row has another header.");
        using var cipher = new SegmentCipher(root, sealedBytes[..ObjectHeader.Size].ToArray());
        var body = sealedBytes.Length - ObjectHeader.Size;
        var count = (body + Segments.SealedSize - 1) / Segments.SealedSize;
        var content = new byte[body - count * Segments.TagSize];
        for (var i = 0; i < count; i++)
        {
            var length = PlainLength(content.Length, i);
            var segment = sealedBytes.Slice((int)Segments.OffsetOf(i), length + Segments.TagSize);
            if (!cipher.TryOpen(i, i == count - 1, segment, content.AsSpan(i << Segments.SizeLog2, length)))
                throw new CorruptObjectException(row.Id, $"segment {i} of its row does not authenticate.");
        }
        return content;
    }

    private static int PlainLength(int total, long segment) => (int)Math.Min(Segments.PlainSize, total - (segment << Segments.SizeLog2));
}
