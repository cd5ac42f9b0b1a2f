namespace Breakwater.Cli.Running;

/// <summary>What was probably meant by a word that nobody knows.</summary>
internal static class NearWord
{
    private const int MaxEdits = 2;

    /// <returns>Null when nothing is near.</returns>
    public static string? Find(string word, IEnumerable<string> known)
    {
        var candidates = known.Select(name => (Name: name, Distance: name.StartsWith(word, StringComparison.Ordinal) ? 0 : Edits(word, name))).Where(pair => pair.Distance <= MaxEdits).ToList();
        return candidates.Count == 0 ? null : candidates.MinBy(pair => pair.Distance).Name;
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
                var cost = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(cost, Math.Min(row[j] + 1, row[j - 1] + 1)));
            }
        }
        return row[b.Length];
    }
}
