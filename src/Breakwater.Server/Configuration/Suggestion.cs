using Breakwater.Core.Access;

namespace Breakwater.Server.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The most edits at which a word still counts as a slip of the other.</summary>
    private const int FarthestEdits = 3;

    /// <returns>A remedy: what to do, and the nearest of the known words if one is near.</returns>
    public static string For(string word, IEnumerable<string> known, string otherwise) =>
        Spelling.Nearest(word, known, FarthestEdits) is { } nearest ? $"{otherwise}, or did you mean {nearest}?" : $"{otherwise}; --help lists all settings.";
}
