using System.Data.Common;
using Breakwater.Core.Access;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Reads principals with everything that decides about them.</summary>
internal static class DirectoryRows
{
    private const string AllMemberships = "SELECT member_id, group_id FROM group_member";

    // All groups of one principal, however deep. UNION drops what is known already, so groups that contain each other come to an end.
    private const string MembershipsOfOne =
        """
        WITH RECURSIVE membership (member_id, group_id) AS (
            SELECT member_id, group_id FROM group_member WHERE member_id = @id
            UNION SELECT m.member_id, g.group_id FROM membership m JOIN group_member g ON g.member_id = m.group_id)
        SELECT member_id, group_id FROM membership
        """;

    /// <param name="id">Null: all of them.</param>
    public static async Task<IReadOnlyList<DirectoryEntry>> ReadAsync(DbConnection db, Guid? id)
    {
        var parameters = new { id };
        var users = await db.QueryAsync<UserRow>($"SELECT id, name, password_hash, version, disabled FROM directory_user{One("id", id)}", parameters);
        var services = await db.QueryAsync<ServiceRow>($"SELECT id, app_id, version, disabled FROM service_principal{One("id", id)}", parameters);
        var secrets = (await db.QueryAsync<PrincipalSecret>(
            $"SELECT id, principal_id, hash, expires_at, last_used_at FROM service_principal_secret{One("principal_id", id)}", parameters)).ToLookup(s => s.PrincipalId);
        var rights = await RightsAsync(db, id);
        return
        [
            .. await CredentialRows.ReadAsync(db, id),
            .. users.Select(row => new DirectoryEntry(
                new Principal(row.Id, PrincipalKind.User, row.Name, row.Version, row.Disabled), row.PasswordHash, [], rights(row.Id))),
            .. services.Select(row => new DirectoryEntry(
                new Principal(row.Id, PrincipalKind.ServicePrincipal, row.AppId.ToString("D"), row.Version, row.Disabled), null, [.. secrets[row.Id]], rights(row.Id))),
        ];
    }

    /// <summary>The principal itself, or all that are in it if it is a group.</summary>
    public static async Task<IReadOnlyList<Guid>> WithMembersAsync(DbConnection db, Guid id) => (await db.QueryAsync<Guid>(
        """
        WITH RECURSIVE inside (id) AS (
            SELECT @id UNION SELECT m.member_id FROM group_member m JOIN inside i ON m.group_id = i.id)
        SELECT id FROM inside
        """,
        new { id })).AsList();

    /// <summary>All that have a role, themselves or through a group.</summary>
    public static async Task<IReadOnlyList<Guid>> HoldersAsync(DbConnection db, Guid roleId) => (await db.QueryAsync<Guid>(
        """
        WITH RECURSIVE inside (id) AS (
            SELECT principal_id FROM role_assignment WHERE role_id = @roleId UNION SELECT m.member_id FROM group_member m JOIN inside i ON m.group_id = i.id)
        SELECT id FROM inside
        """,
        new { roleId })).AsList();

    private static async Task<Func<Guid, PrincipalRights>> RightsAsync(DbConnection db, Guid? id)
    {
        var memberships = (await db.QueryAsync<MembershipRow>(id is null ? AllMemberships : MembershipsOfOne, new { id })).ToLookup(row => row.MemberId, row => row.GroupId);
        var holders = id is { } one ? GroupsOf(one, memberships).Append(one) : null;
        var rows = (await AssignmentsAsync(db, holders)).AsList();
        var customRoles = await AssignedRoleRows.CustomRolesAsync(db, rows.Select(row => row.RoleId));
        var assignments = rows.Select(row => row.ToAssignment(customRoles)).OfType<RoleAssignment>().ToLookup(a => a.PrincipalId);
        return principal =>
        {
            var groups = GroupsOf(principal, memberships);
            return new PrincipalRights(principal, [.. groups], groups.Append(principal).SelectMany(holder => assignments[holder]));
        };
    }

    /// <summary>Direct groups and the groups that those are in; groups that contain each other come to an end.</summary>
    private static HashSet<Guid> GroupsOf(Guid principal, ILookup<Guid, Guid> memberships)
    {
        var found = new HashSet<Guid>();
        var open = new Stack<Guid>([principal]);
        while (open.TryPop(out var member))
        {
            foreach (var group in memberships[member])
            {
                if (found.Add(group))
                    open.Push(group);
            }
        }
        return found;
    }

    private static Task<IEnumerable<RoleAssignmentRow>> AssignmentsAsync(DbConnection db, IEnumerable<Guid>? holders) => holders is null
        ? db.QueryAsync<RoleAssignmentRow>($"SELECT {RoleAssignmentRow.Columns} FROM role_assignment")
        : db.QueryAsync<RoleAssignmentRow>(
            $"SELECT {RoleAssignmentRow.Columns} FROM role_assignment WHERE principal_id IN @holders", new { holders = holders.Select(h => h.ToString("N")) });

    private static string One(string column, Guid? id) => id is null ? "" : $" WHERE {column} = @id";

    private sealed record ServiceRow
    {
        public required Guid Id { get; init; }
        public required Guid AppId { get; init; }
        public required int Version { get; init; }
        public required bool Disabled { get; init; }
    }

    private sealed record MembershipRow
    {
        public required Guid MemberId { get; init; }
        public required Guid GroupId { get; init; }
    }
}
