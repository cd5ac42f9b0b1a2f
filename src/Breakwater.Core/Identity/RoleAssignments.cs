using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Gives and takes roles. A change counts from the holder's next request, also for tokens that are out.</summary>
public sealed class RoleAssignments(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    /// <summary>Those at the scope, above it (they count there too) and below it, ordered by id.</summary>
    /// <param name="after">Where the page before ended; <see cref="Guid.Empty"/> for the first.</param>
    public Task<Page<AssignedRole>> ListAsync(ManagementAccess access, RoleAssignmentFilter filter, Guid after, int limit)
    {
        access.Demand(ManagementActions.RoleAssignmentsRead);
        var parameters = new
        {
            after,
            read = limit + 1,
            registry = access.Registry?.Id,
            group = access.Scope.GroupId,
            isInstallation = access.Scope == RoleScope.Installation,
            below = access.Registry is null && !filter.AtScope,
            principal = filter.PrincipalId,
            holders = filter.AssignedTo is { } holder ? Holders(holder) : [],
        };
        var principals = (filter.PrincipalId is null ? "" : "AND principal_id = @principal ") + (filter.AssignedTo is null ? "" : "AND principal_id IN @holders ");
        return database.ReadAsync(db => AssignedRoleRows.QueryAsync(
            db,
            $"""
            WHERE id > @after
                AND (registry_id IS NULL OR registry_id = @registry OR (@below AND (@isInstallation OR registry_id IN (SELECT r.id FROM registry r WHERE r.group_id = @group))))
                AND (resource_group IS NULL OR resource_group = @group OR (@below AND @isInstallation))
            {principals}ORDER BY id LIMIT @read
            """,
            parameters,
            limit));
    }

    /// <returns>Null when there is none at the scope, above it or below it.</returns>
    public async Task<AssignedRole?> FindAsync(ManagementAccess access, Guid id)
    {
        access.Demand(ManagementActions.RoleAssignmentsRead);
        var found = (await database.ReadAsync(db => AssignedRoleRows.QueryAsync(db, "WHERE id = @id", new { id }, limit: 1))).Items.SingleOrDefault();
        return found is not null && (found.Assignment.Scope.Covers(access.Scope) || access.Scope.Covers(found.Assignment.Scope)) ? found : null;
    }

    /// <summary>Characters of a description.</summary>
    public const int MaxDescription = 1024;

    /// <summary>Gives a role, or changes the condition and the description of an assignment that there is.</summary>
    /// <param name="id">Chosen by the caller, so that a repeated request makes nothing twice.</param>
    /// <param name="principalId">A user, a service principal or a group.</param>
    /// <param name="expected">What the caller takes the principal for; null when it does not say.</param>
    /// <param name="description">For people only.</param>
    /// <exception cref="InvalidValueException">The description is too long or holds control characters.</exception>
    /// <remarks>It holds at the scope of <paramref name="access"/>: where the giver may give.</remarks>
    public async Task<RoleAssignmentOutcome> CreateAsync(
        ManagementAccess access, Guid id, Guid principalId, Guid roleId, AccessCondition? condition, RoleHolderType? expected = null, string? description = null)
    {
        access.Demand(ManagementActions.RoleAssignmentsWrite);
        DisplayText.Require(description, "The description", MaxDescription);
        var wanted = new RoleAssignmentRow
        {
            Id = id,
            PrincipalId = principalId,
            RoleId = roleId,
            RegistryId = access.Registry?.Id,
            ResourceGroup = access.Registry is null ? access.Scope.GroupId : null,
            RegistryGroup = access.Registry?.GroupId,
            Condition = condition?.Text,
            Description = string.IsNullOrEmpty(description) ? null : description,
        };
        var outcome = await database.WriteAsync(db => Problem(db, wanted, expected) ?? Put(db, wanted, access.Caller.Principal.Id, clock.GetUtcNow()));
        await directory.RefreshAsync(principalId);
        return outcome;
    }

    public async Task<RoleAssignmentOutcome> DeleteAsync(ManagementAccess access, Guid id)
    {
        access.Demand(ManagementActions.RoleAssignmentsDelete);
        Guid? holder = null;
        var outcome = await database.WriteAsync(db =>
        {
            // One of a wider scope cannot be taken away by whoever manages one registry.
            if (Find(db, id) is not { } row || row.Scope != access.Scope)
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

    private List<string> Holders(Guid principal) => [principal.ToString("N"), .. directory.Find(principal)?.Rights.Groups.Select(group => group.ToString("N")) ?? []];

    private static RoleAssignmentOutcome? Problem(DbConnection db, RoleAssignmentRow wanted, RoleHolderType? expected)
    {
        if (BuiltInRoles.Find(wanted.RoleId) is null && CustomRoleRow.Find(db, wanted.RoleId)?.ToRole().CanBeGivenAt(wanted.Scope!.Value) is not true)
            return RoleAssignmentOutcome.RoleUnknown;
        if (PrincipalRows.TypeOf(db, wanted.PrincipalId) is not { } type)
            return RoleAssignmentOutcome.PrincipalUnknown;
        return expected is null || expected == type ? null : RoleAssignmentOutcome.OtherPrincipalType;
    }

    private static RoleAssignmentOutcome Put(DbConnection db, RoleAssignmentRow wanted, Guid by, DateTimeOffset now)
    {
        var parameters = new { wanted.Id, wanted.PrincipalId, wanted.RoleId, wanted.RegistryId, wanted.ResourceGroup, wanted.Condition, wanted.Description, by, now };
        if (Find(db, wanted.Id) is { } old && old != wanted && old with { Condition = wanted.Condition, Description = wanted.Description } == wanted)
        {
            if (wanted.Condition is not null && Owners.AreOnly(db, assignmentId: wanted.Id))
                return RoleAssignmentOutcome.LastOwner;
            db.Execute("UPDATE role_assignment SET condition = @Condition, description = @Description, updated_at = @now, updated_by = @by WHERE id = @Id", parameters);
            return RoleAssignmentOutcome.Changed;
        }
        var inserted = db.Execute(
            """
            INSERT INTO role_assignment (id, principal_id, role_id, registry_id, resource_group, condition, description, created_at, created_by)
                VALUES (@Id, @PrincipalId, @RoleId, @RegistryId, @ResourceGroup, @Condition, @Description, @now, @by) ON CONFLICT DO NOTHING
            """,
            parameters);
        return inserted == 0 ? RoleAssignmentOutcome.Exists : RoleAssignmentOutcome.Done;
    }

    private static RoleAssignmentRow? Find(DbConnection db, Guid id) =>
        db.QuerySingleOrDefault<RoleAssignmentRow>($"SELECT {RoleAssignmentRow.Columns} FROM role_assignment WHERE id = @id", new { id });
}
