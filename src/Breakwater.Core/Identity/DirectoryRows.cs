using System.Data.Common;
using Breakwater.Core.Access;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Reads principals with everything that decides about them.</summary>
internal static class DirectoryRows
{
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

    private static async Task<Func<Guid, PrincipalRights>> RightsAsync(DbConnection db, Guid? id)
    {
        // UNION drops what is known already, so groups that contain each other come to an end.
        var groups = (await db.QueryAsync<MembershipRow>(
            $"""
            WITH RECURSIVE membership (member_id, group_id) AS (
                SELECT member_id, group_id FROM group_member{One("member_id", id)}
                UNION SELECT m.member_id, g.group_id FROM membership m JOIN group_member g ON g.member_id = m.group_id)
            SELECT member_id, group_id FROM membership
            """,
            new { id })).ToLookup(row => row.MemberId, row => row.GroupId);
        var holders = id is { } one ? groups[one].Append(one) : null;
        var assignments = (await AssignmentsAsync(db, holders)).Select(row => row.ToAssignment()).OfType<RoleAssignment>().ToLookup(a => a.PrincipalId);
        return principal =>
        {
            var inGroups = groups[principal].ToArray();
            return new PrincipalRights(principal, [.. inGroups], inGroups.Append(principal).SelectMany(holder => assignments[holder]));
        };
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
