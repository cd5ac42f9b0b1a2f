using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Gives and takes roles. A change counts from the holder's next request, also for tokens that are out.</summary>
public sealed class RoleAssignments(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    /// <summary>Those at the scope, above it (they count there too) and below it, the oldest first.</summary>
    public async Task<IReadOnlyList<RoleAssignment>> ListAsync(ManagementAccess access)
    {
        access.Demand(ManagementActions.RoleAssignmentsRead);
        var rows = await database.ReadAsync(db => db.QueryAsync<RoleAssignmentRow>(
            $"SELECT {RoleAssignmentRow.Columns} FROM role_assignment ORDER BY created_at, id"));
        return [.. rows.Select(row => row.ToAssignment()).OfType<RoleAssignment>().Where(a => IsIn(access, a.RegistryId))];
    }

    /// <returns>Null when there is none at the scope, above it or below it.</returns>
    public async Task<RoleAssignment?> FindAsync(ManagementAccess access, Guid id)
    {
        access.Demand(ManagementActions.RoleAssignmentsRead);
        var row = await database.ReadAsync(db => db.QuerySingleOrDefaultAsync<RoleAssignmentRow>(
            $"SELECT {RoleAssignmentRow.Columns} FROM role_assignment WHERE id = @id", new { id }));
        return row?.ToAssignment() is { } found && IsIn(access, found.RegistryId) ? found : null;
    }

    /// <param name="id">Chosen by the caller, so that a repeated request makes nothing twice.</param>
    /// <param name="principalId">A user, a service principal or a group.</param>
    /// <remarks>It holds in the registry of <paramref name="access"/>, or in the whole installation: where the giver may give.</remarks>
    public async Task<RoleAssignmentOutcome> CreateAsync(ManagementAccess access, Guid id, Guid principalId, Guid roleId, AccessCondition? condition)
    {
        access.Demand(ManagementActions.RoleAssignmentsWrite);
        if (BuiltInRoles.Find(roleId) is null)
            return RoleAssignmentOutcome.RoleUnknown;
        var row = new { id, principalId, roleId, registryId = access.Registry?.Id, condition = condition?.Text, now = clock.GetUtcNow() };
        var outcome = await database.WriteAsync(db => !IsPrincipal(db, principalId) ? RoleAssignmentOutcome.PrincipalUnknown
            : db.Execute(
                """
                INSERT INTO role_assignment (id, principal_id, role_id, registry_id, condition, created_at)
                    VALUES (@id, @principalId, @roleId, @registryId, @condition, @now) ON CONFLICT DO NOTHING
                """,
                row) == 0 ? RoleAssignmentOutcome.Exists : RoleAssignmentOutcome.Done);
        await directory.RefreshAsync(principalId);
        return outcome;
    }

    public async Task<RoleAssignmentOutcome> DeleteAsync(ManagementAccess access, Guid id)
    {
        access.Demand(ManagementActions.RoleAssignmentsDelete);
        Guid? holder = null;
        var outcome = await database.WriteAsync(db =>
        {
            var row = db.QuerySingleOrDefault<RoleAssignmentRow>($"SELECT {RoleAssignmentRow.Columns} FROM role_assignment WHERE id = @id", new { id });
            // One of the whole installation cannot be taken away by whoever manages one registry.
            if (row is null || row.RegistryId != access.Registry?.Id)
                return RoleAssignmentOutcome.NotFound;
            holder = row.PrincipalId;
            if (Owners.AreOnly(db, assignmentId: id))
                return RoleAssignmentOutcome.LastOwner;
            db.Execute("DELETE FROM role_assignment WHERE id = @id", new { id });
            return RoleAssignmentOutcome.Done;
        });
        if (holder is { } principal)
            await directory.RefreshAsync(principal);
        return outcome;
    }

    private static bool IsIn(ManagementAccess access, Guid? registryId) => access.Registry is null || registryId is null || registryId == access.Registry.Id;

    private static bool IsPrincipal(DbConnection db, Guid id) => db.ExecuteScalar<long>(
        """
        SELECT EXISTS (SELECT 1 FROM directory_user WHERE id = @id) OR EXISTS (SELECT 1 FROM service_principal WHERE id = @id)
            OR EXISTS (SELECT 1 FROM directory_group WHERE id = @id)
        """,
        new { id }) != 0;
}
