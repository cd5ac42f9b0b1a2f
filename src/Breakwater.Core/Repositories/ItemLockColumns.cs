namespace Breakwater.Core.Repositories;

/// <summary>How <see cref="ItemLocks"/> stand in the tables <c>repository</c>, <c>tag</c> and <c>manifest</c>: four columns, 1 when nothing is locked.</summary>
internal static class ItemLockColumns
{
    /// <summary>The locks of a row, as one number.</summary>
    public const string Value = "(1 - delete_enabled) + 2 * (1 - write_enabled) + 4 * (1 - read_enabled) + 8 * (1 - list_enabled)";

    /// <summary>Whether a row must not be deleted; see <see cref="ItemLocks"/>.</summary>
    public const string ForbidsDeletion = "(delete_enabled = 0 OR write_enabled = 0)";

    /// <summary>Assignments that leave alone what the change leaves open; parameters as <see cref="ItemChange"/> names them.</summary>
    public const string Assign =
        """
        delete_enabled = COALESCE(@DeleteEnabled, delete_enabled), write_enabled = COALESCE(@WriteEnabled, write_enabled),
        read_enabled = COALESCE(@ReadEnabled, read_enabled), list_enabled = COALESCE(@ListEnabled, list_enabled), updated_at = @now
        """;
}
