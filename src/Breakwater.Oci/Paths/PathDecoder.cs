namespace Breakwater.Oci;

/// <summary>
/// Decodes <c>%2F</c> and <c>%3A</c> once, as some SDKs send them. No other character that a path of this API can hold needs encoding, so every other
/// percent sign is an error, a second level of encoding (<c>%252F</c>) included: nothing is left that a later reader could decode again.
/// </summary>
internal static class PathDecoder
{
    /// <summary>Writes the decoded path, never longer than the raw one; false when it holds any other percent sequence.</summary>
    internal static bool TryDecode(ReadOnlySpan<char> raw, Span<char> decoded, out int length)
    {
        length = 0;
        while (true)
        {
            var percent = raw.IndexOf('%');
            var plain = percent < 0 ? raw : raw[..percent];
            plain.CopyTo(decoded[length..]);
            length += plain.Length;
            if (percent < 0)
                return true;
            if (raw.Length < percent + 3 || !TryDecode(raw[percent + 1], raw[percent + 2], out decoded[length]))
                return false;
            length++;
            raw = raw[(percent + 3)..];
        }
    }

    private static bool TryDecode(char high, char low, out char decoded)
    {
        decoded = (high, low) switch
        {
            ('2', 'F' or 'f') => '/',
            ('3', 'A' or 'a') => ':',
            _ => default,
        };
        return decoded != default;
    }
}
