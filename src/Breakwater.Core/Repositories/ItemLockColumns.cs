using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Repositories;

/// <summary>How <see cref="ItemLocks"/> stand in the tables <c>repository</c>, <c>tag</c> and <c>manifest</c>: four columns, 1 when nothing is locked.</summary>
internal static class ItemLockColumns
{
    /// <summary>The locks of a row, as one number.</summary>
    public const string Value = "(1 - delete_enabled) + 2 * (1 - write_enabled) + 4 * (1 - read_enabled) + 8 * (1 - list_enabled)";

    /// <summary>Assignments that set a row's locks to what <see cref="Value"/> read: the parameter <c>@locks</c>.</summary>
    public const string FromValue = "delete_enabled = 1 - (@locks & 1), write_enabled = 1 - ((@locks >> 1) & 1), read_enabled = 1 - ((@locks >> 2) & 1), list_enabled = 1 - ((@locks >> 3) & 1)";

    /// <summary>Whether a row must not be deleted; see <see cref="ItemLocks"/>.</summary>
    public const string ForbidsDeletion = "(delete_enabled = 0 OR write_enabled = 0)";

    /// <summary>Changes what the change names and leaves alone what it leaves open.</summary>
    /// <param name="table">One of the three.</param>
    /// <param name="row">The condition that finds the row by the members of <paramref name="key"/>.</param>
    /// <returns>How many rows there were: one or none.</returns>
    public static int Update(DbConnection db, string table, string row, object key, ItemChange change, DateTimeOffset now)
    {
        var parameters = new DynamicParameters(key);
        // What has no time of its push yet was pushed at updated_at, which changes here.
        var pushed = table == "repository" ? "" : ", pushed_at = COALESCE(pushed_at, updated_at)";
        parameters.AddDynamicParams(new { change.DeleteEnabled, change.WriteEnabled, change.ReadEnabled, change.ListEnabled, now });
        return db.Execute(
            $"""
            UPDATE {table} SET
                delete_enabled = COALESCE(@DeleteEnabled, delete_enabled), write_enabled = COALESCE(@WriteEnabled, write_enabled),
                read_enabled = COALESCE(@ReadEnabled, read_enabled), list_enabled = COALESCE(@ListEnabled, list_enabled), updated_at = @now{pushed}
            WHERE {row}
            """,
            parameters);
    }
}
