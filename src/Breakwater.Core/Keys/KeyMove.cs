using System.Data.Common;

namespace Breakwater.Core.Keys;

/// <summary>Root keys of one owner, wrapped anew and proven, not yet written.</summary>
/// <param name="Steps">The rows that change.</param>
/// <param name="RowCount">All rows of the owner: one that came since would stay under the old key.</param>
internal sealed record KeyMove(Guid OwnerId, KeyVersionInfo Version, IReadOnlyList<(RootKeyRow Before, RootKeyRow After)> Steps, int RowCount)
{
    /// <summary>Exchanges the rows, in the caller's transaction: all of them or none.</summary>
    /// <returns>False when they are others by now.</returns>
    public bool Apply(DbConnection db)
    {
        var now = RootKeyRows.ReadAll(db, OwnerId);
        if (now.Count != RowCount || !Steps.All(step => now.Any(row => row.Epoch == step.Before.Epoch && row.Wrapped.Bytes.AsSpan().SequenceEqual(step.Before.Wrapped.Bytes))))
            return false;
        foreach (var (_, after) in Steps)
            RootKeyRows.Replace(db, OwnerId, after);
        return true;
    }
}
