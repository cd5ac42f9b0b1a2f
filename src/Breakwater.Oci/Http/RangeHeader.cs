namespace Breakwater.Oci;

/// <summary>
/// The <c>Range</c> request header, RFC 9110 section 14.2: one range of bytes (<c>bytes=a-b</c>, <c>bytes=a-</c>, <c>bytes=-n</c>). Several ranges,
/// other units and malformed headers are ignored, as the RFC allows and for the last demands.
/// </summary>
public static class RangeHeader
{
    private const string Unit = "bytes=";

    /// <param name="header">The header's value; null when absent.</param>
    /// <param name="sizeBytes">The size of the whole content, not negative.</param>
    public static RangeResult Parse(string? header, long sizeBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeBytes);
        var text = header.AsSpan().Trim(" \t");
        if (!text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return default;

        var spec = text[Unit.Length..].Trim(" \t");
        var dash = spec.IndexOf('-');
        if (dash < 0)
            return default;
        return dash == 0 ? Suffix(spec[1..], sizeBytes) : FromPosition(spec[..dash], spec[(dash + 1)..], sizeBytes);
    }

    private static RangeResult Suffix(ReadOnlySpan<char> length, long sizeBytes)
    {
        if (!Digits.TryParseSaturating(length, out var count))
            return default;
        if (count == 0)
            return new RangeResult(RangeKind.Unsatisfiable, default);

        // The last n bytes of nothing are satisfiable, and no Content-Range can say so: the whole, empty, is the same answer.
        return sizeBytes == 0 ? default : Satisfiable(Math.Max(0, sizeBytes - count), sizeBytes - 1);
    }

    private static RangeResult FromPosition(ReadOnlySpan<char> from, ReadOnlySpan<char> to, long sizeBytes)
    {
        var last = long.MaxValue;
        if (!Digits.TryParseSaturating(from, out var first) || (!to.IsEmpty && !Digits.TryParseSaturating(to, out last)) || last < first)
            return default;
        return first >= sizeBytes
            ? new RangeResult(RangeKind.Unsatisfiable, default)
            : Satisfiable(first, Math.Min(last, sizeBytes - 1));
    }

    private static RangeResult Satisfiable(long first, long last) => new(RangeKind.Satisfiable, new ByteRange(first, last));
}
