using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>
/// The roles of the installation's own. A change counts from the next request of everybody who has the role, also for tokens that are out.
/// </summary>
/// <remarks>
/// Whoever may write role definitions can widen a role that it has, as in Azure: only Owner and User Access Administrator may. It must be
/// granted at every scope that the role can be given at, before and after, so nobody reaches further than it manages.
/// </remarks>
public sealed class CustomRoles(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    /// <summary>As in Azure.</summary>
    public const int MaxRoles = 5000;

    /// <summary>Those that can be given at the scope, by name.</summary>
    /// <param name="name">Only the one with this name; null: all.</param>
    /// <param name="below">Also those that can only be given below the scope.</param>
    /// <param name="after">The name at which the page before ended; empty for the first.</param>
    public async Task<Page<CustomRole>> ListAsync(ManagementAccess access, string? name, bool below, string after, int limit)
    {
        access.Demand(ManagementActions.RoleDefinitionsRead);
        var rows = await database.ReadAsync(db => CustomRoleRow.QueryAsync(db, "WHERE name > @after AND (@name IS NULL OR name = @name) ORDER BY name LIMIT @read", new { name, after, read = limit + 1 }));
        return Page<CustomRole>.Of(
            rows.AsList(), limit, row => row.Name, row => row.ToRole() is var role && (below ? role.CanBeGivenIn(access.Scope) : role.CanBeGivenAt(access.Scope)) ? role : null);
    }

    /// <returns>Null when there is none that can be given at the scope, above it or below it.</returns>
    public async Task<CustomRole?> FindAsync(ManagementAccess access, Guid id)
    {
        access.Demand(ManagementActions.RoleDefinitionsRead);
        var rows = await database.ReadAsync(db => CustomRoleRow.QueryAsync(db, "WHERE id = @id", new { id }));
        return rows.SingleOrDefault()?.ToRole() is { } role && role.CanBeGivenIn(access.Scope) ? role : null;
    }

    /// <summary>Makes it or replaces its content.</summary>
    /// <exception cref="InvalidValueException">The content is not valid; the message says what to do.</exception>
    /// <exception cref="OciException"><c>Denied</c>: the caller does not manage every scope of the role.</exception>
    public async Task<CustomRoleOutcome> PutAsync(ManagementAccess access, Guid id, CustomRoleContent content)
    {
        access.Demand(ManagementActions.RoleDefinitionsWrite);
        if (BuiltInRoles.Find(id) is not null)
            return CustomRoleOutcome.BuiltIn;
        CustomRoleRules.Require(content);
        RequireAll(access, content.Scopes, ManagementActions.RoleDefinitionsWrite);
        var row = CustomRoleRow.Of(id, content, access.Caller.Principal.Id, clock.GetUtcNow());
        var outcome = await database.WriteAsync(db => Put(db, access, row));
        await directory.RefreshRoleAsync(id);
        return outcome;
    }

    /// <exception cref="OciException"><c>Denied</c>: the caller does not manage every scope of the role.</exception>
    public async Task<CustomRoleOutcome> DeleteAsync(ManagementAccess access, Guid id)
    {
        access.Demand(ManagementActions.RoleDefinitionsDelete);
        if (BuiltInRoles.Find(id) is not null)
            return CustomRoleOutcome.BuiltIn;
        return await database.WriteAsync(db =>
        {
            if (CustomRoleRow.Find(db, id)?.ToRole() is not { } role || !role.CanBeGivenIn(access.Scope))
                return CustomRoleOutcome.NotFound;
            RequireAll(access, role.Scopes, ManagementActions.RoleDefinitionsDelete);
            if (IsGivenOutside(db, id, []))
                return CustomRoleOutcome.HasAssignments;
            db.Execute("DELETE FROM role_definition WHERE id = @id", new { id });
            return CustomRoleOutcome.Done;
        });
    }

    private static CustomRoleOutcome Put(DbConnection db, ManagementAccess access, CustomRoleRow row)
    {
        var old = CustomRoleRow.Find(db, row.Id)?.ToRole();
        RequireAll(access, old?.Scopes ?? [], ManagementActions.RoleDefinitionsWrite);
        if (IsNameTaken(db, row))
            return CustomRoleOutcome.NameTaken;
        if (IsGivenOutside(db, row.Id, row.ToRole().Scopes))
            return CustomRoleOutcome.HasAssignments;
        if (old is null && db.ExecuteScalar<long>("SELECT COUNT(*) FROM role_definition") >= MaxRoles)
            return CustomRoleOutcome.TooMany;
        db.Execute(
            """
            INSERT INTO role_definition (id, name, description, actions, not_actions, data_actions, not_data_actions, scopes, created_at, created_by, updated_at, updated_by)
                VALUES (@Id, @Name, @Description, @Actions, @NotActions, @DataActions, @NotDataActions, @Scopes, @CreatedAt, @CreatedBy, @UpdatedAt, @UpdatedBy)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, actions = excluded.actions,
                    not_actions = excluded.not_actions, data_actions = excluded.data_actions, not_data_actions = excluded.not_data_actions,
                    scopes = excluded.scopes, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """,
            row);
        return old is null ? CustomRoleOutcome.Created : CustomRoleOutcome.Done;
    }

    private static bool IsNameTaken(DbConnection db, CustomRoleRow row) =>
        BuiltInRoles.All.Any(role => role.Name.Equals(row.Name, StringComparison.OrdinalIgnoreCase))
        || db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM role_definition WHERE name = @Name AND id <> @Id)", row) != 0;

    private static bool IsGivenOutside(DbConnection db, Guid id, ImmutableArray<RoleScope> scopes) =>
        db.Query<AssignedScopeRow>("SELECT registry_id, resource_group, (SELECT r.group_id FROM registry r WHERE r.id = registry_id) AS registry_group FROM role_assignment WHERE role_id = @id GROUP BY registry_id, resource_group", new { id })
            .Any(row => row.ToScope() is not { } given || !scopes.Any(scope => scope.Covers(given)));

    private static void RequireAll(ManagementAccess access, ImmutableArray<RoleScope> scopes, string action)
    {
        if (!scopes.All(scope => access.Allows(scope, action)))
            throw new OciException(OciErrors.Denied, $"{action} must be granted at every scope that the role can be given at.");
    }
}
