using System.Data.Common;
using Breakwater.Core.Access;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Reads role assignments with who made them, and the roles that they name.</summary>
internal static class AssignedRoleRows
{
    private const string Select =
        $"""
        SELECT {RoleAssignmentRow.Columns}, created_at, created_by, updated_at, updated_by,
               CASE WHEN EXISTS (SELECT 1 FROM directory_user u WHERE u.id = principal_id) THEN 0
                    WHEN EXISTS (SELECT 1 FROM service_principal s WHERE s.id = principal_id) THEN 1 ELSE 2 END AS holder_type
        FROM role_assignment
        """;

    /// <param name="where">Conditions and order.</param>
    public static async Task<Page<AssignedRole>> QueryAsync(DbConnection db, string where, object parameters, int limit)
    {
        var rows = (await db.QueryAsync<Row>($"{Select} {where}", parameters)).AsList();
        var roles = await CustomRolesAsync(db, rows.Select(row => row.RoleId));
        return Page<AssignedRole>.Of(rows, limit, row => row.Id.ToString("N"), row => row.ToAssignedRole(roles));
    }

    /// <summary>Those of the roles that somebody has made, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<Guid, RoleDefinition>> CustomRolesAsync(DbConnection db, IEnumerable<Guid> roles)
    {
        var ids = roles.Distinct().Where(id => BuiltInRoles.Find(id) is null).Select(id => id.ToString("N")).ToList();
        return ids.Count == 0 ? new Dictionary<Guid, RoleDefinition>()
            : (await CustomRoleRow.QueryAsync(db, "WHERE id IN (SELECT value FROM json_each(@ids))", new { ids = $"[{string.Join(',', ids.Select(id => $"\"{id}\""))}]" }))
                .ToDictionary(row => row.Id, row => row.ToDefinition());
    }

    private sealed record Row : RoleAssignmentRow
    {
        public required DateTimeOffset CreatedAt { get; init; }
        public required Guid? CreatedBy { get; init; }
        public required DateTimeOffset? UpdatedAt { get; init; }
        public required Guid? UpdatedBy { get; init; }
        public required int HolderType { get; init; }

        public AssignedRole? ToAssignedRole(IReadOnlyDictionary<Guid, RoleDefinition> customRoles) => ToAssignment(customRoles) is { } assignment
            ? new AssignedRole(assignment, (RoleHolderType)HolderType, CreatedAt, CreatedBy, UpdatedAt, UpdatedBy, Description)
            : null;
    }
}
