namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// Patterns whose wildcards are marked by characters that no literal can hold, so that an escaped <c>*</c> or <c>?</c> is an ordinary
/// character. Without backtracking into earlier runs: at most pattern times text steps.
/// </summary>
internal static class Wildcards
{
    /// <summary>Any characters, also none.</summary>
    internal const char Run = '\uFFFE';

    private const char One = '\uFFFF';

    internal static char Mark(char c) => c switch { '*' => Run, '?' => One, _ => c };

    internal static bool Match(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        int p = 0, t = 0, afterRun = -1, runEnd = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == Run)
            {
                afterRun = ++p;
                runEnd = t;
            }
            else if (p < pattern.Length && IsMatch(pattern[p], text[t], ignoreCase))
            {
                p++;
                t++;
            }
            else if (afterRun >= 0)
            {
                p = afterRun;
                t = ++runEnd;
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].Trim(Run).IsEmpty;
    }

    /// <summary>Patterns are ASCII, so letters differ from their other case by one bit.</summary>
    private static bool IsMatch(char step, char c, bool ignoreCase) =>
        step == One || step == c || (ignoreCase && char.IsAsciiLetter(step) && (step | 0x20) == (c | 0x20));
}
