using System.Data.Common;
using Breakwater.Core.Access;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Keeps an installation from being left without anybody who can manage all of it.</summary>
internal static class Owners
{
    /// <summary>Whether only this assignment, or only this user's, lets an enabled user manage the whole installation.</summary>
    /// <remarks>
    /// Owners through a group do not count: the group may be emptied by whoever manages it. Nor does a custom role, whatever it allows: whoever
    /// may write role definitions could take that away.
    /// </remarks>
    public static bool AreOnly(DbConnection db, Guid? assignmentId = null, Guid? userId = null)
    {
        var owners = db.Query<OwnerRow>(
            """
            SELECT a.id, a.principal_id FROM role_assignment a JOIN directory_user u ON u.id = a.principal_id
            WHERE a.role_id = @owner AND a.registry_id IS NULL AND a.resource_group IS NULL AND a.condition IS NULL AND u.disabled = 0
            """,
            new { owner = BuiltInRoles.Owner.Id }).AsList();
        return owners.Count > 0 && owners.TrueForAll(row => row.Id == assignmentId || row.PrincipalId == userId);
    }

    private sealed record OwnerRow
    {
        public required Guid Id { get; init; }
        public required Guid PrincipalId { get; init; }
    }
}
