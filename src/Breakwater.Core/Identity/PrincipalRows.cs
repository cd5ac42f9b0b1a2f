using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>The statements that all kinds of principals share.</summary>
internal static class PrincipalRows
{
    /// <summary>Removes a principal with its role assignments and memberships.</summary>
    /// <param name="table">A name from the code, never a caller's text.</param>
    /// <returns>False when there is none.</returns>
    public static bool Delete(DbConnection db, string table, Guid id)
    {
        if (db.Execute($"DELETE FROM {table} WHERE id = @id", new { id }) == 0)
            return false;
        db.Execute("DELETE FROM role_assignment WHERE principal_id = @id; DELETE FROM group_member WHERE member_id = @id;", new { id });
        return true;
    }

    public static bool Exists(DbConnection db, string table, Guid id) =>
        db.ExecuteScalar<long>($"SELECT EXISTS (SELECT 1 FROM {table} WHERE id = @id)", new { id }) != 0;

    /// <summary>Null when there is no principal with the id that could have a role.</summary>
    public static RoleHolderType? TypeOf(DbConnection db, Guid id) =>
        Exists(db, "directory_user", id) ? RoleHolderType.User
        : Exists(db, "service_principal", id) ? RoleHolderType.ServicePrincipal
        : Exists(db, "directory_group", id) ? RoleHolderType.Group : null;
}
