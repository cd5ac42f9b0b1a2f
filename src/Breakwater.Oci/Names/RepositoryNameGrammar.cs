namespace Breakwater.Oci;

/// <summary><c>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*</c>, by hand: it stands on the way of every request.</summary>
internal static class RepositoryNameGrammar
{
    internal static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > RepositoryName.MaxLength)
            return false;

        var i = 0;
        while (true)
        {
            var start = i;
            while (i < text.Length && IsAlphanumeric(text[i]))
                i++;
            if (i == start)
                return false;
            if (i == text.Length)
                return true;
            i = SkipSeparator(text, i);
            if (i < 0)
                return false;
        }
    }

    /// <summary>The index after one separator (a slash counts as one), or -1.</summary>
    private static int SkipSeparator(ReadOnlySpan<char> text, int i)
    {
        switch (text[i])
        {
            case '/' or '.':
                return i + 1;
            case '_':
                return i + 1 < text.Length && text[i + 1] == '_' ? i + 2 : i + 1;
            case '-':
                while (i < text.Length && text[i] == '-')
                    i++;
                return i;
            default:
                return -1;
        }
    }

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
