namespace Breakwater.Core.Access;

/// <summary>Finds what somebody probably meant by a word that is not known.</summary>
public static class Spelling
{
    /// <param name="farthest">The most edits at which a word still counts as a slip of the other.</param>
    /// <returns>The known word nearest to it; null when none is near.</returns>
    public static string? Nearest(string word, IEnumerable<string> known, int farthest)
    {
        var (nearest, edits) = known.Select(candidate => (candidate, Edits(word, candidate))).MinBy(pair => pair.Item2);
        return edits <= farthest ? nearest : null;
    }

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
