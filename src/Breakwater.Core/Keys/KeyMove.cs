using System.Data.Common;

namespace Breakwater.Core.Keys;

/// <summary>Root keys of one owner, wrapped anew and proven, not yet written.</summary>
/// <param name="Steps">The rows that change.</param>
/// <param name="Seen">All rows of the owner as they were: one that came or changed since may be under another key than the move says.</param>
internal sealed record KeyMove(Guid OwnerId, KeyVersionInfo Version, IReadOnlyList<(RootKeyRow Before, RootKeyRow After)> Steps, IReadOnlyList<RootKeyRow> Seen)
{
    /// <summary>Exchanges the rows, in the caller's transaction: all of them or none.</summary>
    /// <returns>False when they are others by now.</returns>
    public bool Apply(DbConnection db)
    {
        var now = RootKeyRows.ReadAll(db, OwnerId);
        if (now.Count != Seen.Count || !Seen.All(seen => now.Any(row => row.IsSame(seen))))
            return false;
        foreach (var (_, after) in Steps)
            RootKeyRows.Replace(db, OwnerId, after);
        return true;
    }
}
