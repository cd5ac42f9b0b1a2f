using System.Globalization;

namespace Breakwater.Server.Configuration;

/// <summary>Sizes as people write them: <c>1048576</c>, <c>64MiB</c>, <c>2GB</c>.</summary>
internal static class ByteSize
{
    // Longer units first, since every one of them ends in B.
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("KB", 1_000), ("B", 1),
    ];

    /// <exception cref="FormatException">It is no size, or beyond 2^63 - 1 bytes.</exception>
    public static long Parse(string text)
    {
        var (unit, bytes) = Units.FirstOrDefault(candidate => text.EndsWith(candidate.Unit, StringComparison.Ordinal), ("", 1));
        if (!long.TryParse(text.AsSpan(0, text.Length - unit.Length).TrimEnd(' '), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            throw new FormatException("This is not a size.");
        return count <= long.MaxValue / bytes ? count * bytes : throw new FormatException("This is too large.");
    }

    public static string Format(long size)
    {
        var (unit, bytes) = size == 0 ? ("B", 1) : Units.First(candidate => candidate.Unit.Length != 2 && size % candidate.Bytes == 0);
        return (size / bytes).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
