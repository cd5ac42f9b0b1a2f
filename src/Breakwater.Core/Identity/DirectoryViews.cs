using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>The directory as administrators see it: read from the database, in pages ordered by id.</summary>
public sealed class DirectoryViews(IMetadataDatabase database)
{
    private const string Page = "id > @after ORDER BY id LIMIT @limit";

    private const string ServicePrincipal =
        "SELECT id, app_id, name, disabled, created_at, EXISTS (SELECT 1 FROM managed_identity m WHERE m.id = service_principal.id) AS is_managed FROM service_principal";

    /// <param name="name">Exactly: the name that the user signs in with; by prefix: the name that is shown.</param>
    /// <param name="after">The last id of the page before; <see cref="Guid.Empty"/> for the first.</param>
    public Task<IReadOnlyList<UserView>> UsersAsync(ManagementAccess access, NameFilter name, Guid after, int limit) => ListAsync<UserView>(
        access, $"SELECT id, name, display_name, mail_nickname, disabled, created_at FROM directory_user WHERE {NameFilter.On("name", "COALESCE(display_name, name)")} AND {Page}", new { name.Exact, name.Prefix, after, limit });

    public async Task<UserView?> UserAsync(ManagementAccess access, Guid id) => (await ListAsync<UserView>(
        access, "SELECT id, name, display_name, mail_nickname, disabled, created_at FROM directory_user WHERE id = @id", new { id })).SingleOrDefault();

    /// <param name="nickname">Only those with this nickname; null: all.</param>
    public Task<IReadOnlyList<GroupView>> GroupsAsync(ManagementAccess access, NameFilter name, string? nickname, Guid after, int limit) => ListAsync<GroupView>(
        access,
        $"SELECT id, name, description, mail_nickname, created_at FROM directory_group WHERE {NameFilter.On("name")} AND (@nickname IS NULL OR mail_nickname = @nickname) AND {Page}",
        new { name.Exact, name.Prefix, nickname, after, limit });

    public async Task<GroupView?> GroupAsync(ManagementAccess access, Guid id) => (await ListAsync<GroupView>(
        access, "SELECT id, name, description, mail_nickname, created_at FROM directory_group WHERE id = @id", new { id })).SingleOrDefault();

    /// <summary>The direct members: users, service principals and groups.</summary>
    public Task<IReadOnlyList<MemberView>> MembersAsync(ManagementAccess access, Guid groupId) => ListAsync<MemberView>(
        access,
        """
        SELECT m.member_id AS id, COALESCE(u.display_name, u.name, s.name, g.name, '') AS name,
               CASE WHEN u.id IS NOT NULL THEN 'user' WHEN s.id IS NOT NULL THEN 'servicePrincipal' ELSE 'group' END AS type
        FROM group_member m
        LEFT JOIN directory_user u ON u.id = m.member_id
        LEFT JOIN service_principal s ON s.id = m.member_id
        LEFT JOIN directory_group g ON g.id = m.member_id
        WHERE m.group_id = @groupId ORDER BY m.member_id
        """,
        new { groupId });

    /// <param name="appId">Only the one with this application id; null: all.</param>
    /// <param name="withManaged">Managed identities too.</param>
    public Task<IReadOnlyList<ServicePrincipalView>> ServicePrincipalsAsync(ManagementAccess access, NameFilter name, Guid? appId, bool withManaged, Guid after, int limit) => ListAsync<ServicePrincipalView>(
        access,
        $"{ServicePrincipal} WHERE {NameFilter.On("name")} AND (@appId IS NULL OR app_id = @appId) AND (@withManaged OR id NOT IN (SELECT id FROM managed_identity)) AND {Page}",
        new { name.Exact, name.Prefix, appId, withManaged, after, limit });

    public async Task<ServicePrincipalView?> ServicePrincipalAsync(ManagementAccess access, Guid id) => (await ListAsync<ServicePrincipalView>(
        access, $"{ServicePrincipal} WHERE id = @id", new { id })).SingleOrDefault();

    /// <summary>Its secrets, without what was stored of them.</summary>
    public Task<IReadOnlyList<SecretView>> SecretsAsync(ManagementAccess access, Guid principalId) => ListAsync<SecretView>(
        access,
        "SELECT id, name, hint, COALESCE(starts_at, created_at) AS starts_at, expires_at, last_used_at FROM service_principal_secret WHERE principal_id = @principalId ORDER BY created_at, id",
        new { principalId });

    private async Task<IReadOnlyList<T>> ListAsync<T>(ManagementAccess access, string sql, object parameters)
    {
        access.Demand(ManagementActions.DirectoryRead);
        return (await database.ReadAsync(db => db.QueryAsync<T>(sql, parameters))).AsList();
    }
}
