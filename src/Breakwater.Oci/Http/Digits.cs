namespace Breakwater.Oci;

/// <summary>Decimal numbers as HTTP writes them: ASCII digits and nothing else, no sign, no space.</summary>
internal static class Digits
{
    /// <summary>Reads a number; what is beyond <see cref="long.MaxValue"/> becomes it, since positions are clamped to the content anyway.</summary>
    internal static bool TryParseSaturating(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.IsEmpty)
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            var digit = c - '0';
            value = value > (long.MaxValue - digit) / 10 ? long.MaxValue : (value * 10) + digit;
        }

        return true;
    }

    /// <summary>Reads a number that fits; the greatest one counts as overflow.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out long value) =>
        TryParseSaturating(text, out value) && value < long.MaxValue;
}
