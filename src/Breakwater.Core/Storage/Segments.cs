namespace Breakwater.Core.Storage;

/// <summary>Where the segments of a sealed object lie.</summary>
/// <remarks>
/// <code>
/// object  = header 96 | segment 0 | segment 1 | …        every segment but the last holds 65,536 plain bytes
/// segment = ciphertext | tag 16                          an empty object is one empty segment
/// </code>
/// </remarks>
internal static class Segments
{
    public const int SizeLog2 = 16;
    public const int PlainSize = 1 << SizeLog2;
    public const int TagSize = 16;
    public const int SealedSize = PlainSize + TagSize;

    public static long Count(long plainLength) => plainLength == 0 ? 1 : (plainLength + PlainSize - 1) >> SizeLog2;

    public static long SealedLength(long plainLength) => ObjectHeader.Size + plainLength + Count(plainLength) * TagSize;

    public static long OffsetOf(long segment) => ObjectHeader.Size + segment * SealedSize;
}
