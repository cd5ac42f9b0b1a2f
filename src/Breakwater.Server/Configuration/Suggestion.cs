namespace Breakwater.Server.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The most edits at which a word still counts as a slip of the other.</summary>
    private const int FarthestEdits = 3;

    /// <returns>A remedy: what to do, and the nearest of the known words if one is near.</returns>
    public static string For(string word, IEnumerable<string> known, string otherwise)
    {
        var nearest = known.Select(candidate => (candidate, Edits: Edits(word, candidate))).MinBy(pair => pair.Edits);
        return nearest.Edits <= FarthestEdits ? $"{otherwise}, or did you mean {nearest.candidate}?" : $"{otherwise}; --help lists all settings.";
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
