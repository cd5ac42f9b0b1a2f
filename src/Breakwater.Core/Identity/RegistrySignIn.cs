using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Who may sign in to a registry without being in the directory, and which permissions open it. A change counts from the next request.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
public sealed class RegistrySignIn(IMetadataDatabase database, RegistryDirectory registries, PrincipalDirectory directory, AdminUsers admins)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <returns>The registry as it is now.</returns>
    public async Task<Registry> ChangeAsync(ManagementAccess access, RegistryChange change)
    {
        access.Demand(ManagementActions.RegistriesWrite);
        var id = access.Registry!.Id;
        await _changing.WaitAsync();
        try
        {
            if (change.AdminUserEnabled is true)
                await admins.EnsurePasswordsAsync(id);
            var before = registries.Find(id)!;
            var after = before with
            {
                RoleAssignmentMode = change.RoleAssignmentMode ?? before.RoleAssignmentMode,
                AdminUserEnabled = change.AdminUserEnabled ?? before.AdminUserEnabled,
                AnonymousPullEnabled = change.AnonymousPullEnabled ?? before.AnonymousPullEnabled,
                Policies = change.Policies?.Apply(before.Policies) ?? before.Policies,
            };
            await database.WriteAsync(db => Write(db, after));
            registries.Replace(after);
            await directory.RefreshAsync(id);
            await directory.RefreshAsync(Anonymous.Id);
            return after;
        }
        finally
        {
            _changing.Release();
        }
    }

    private static int Write(DbConnection db, Registry after)
    {
        PolicyRow.Write(db, after.Id, after.Policies);
        return db.Execute(
            """
            UPDATE registry SET role_assignment_mode = @mode, anonymous_pull = @AnonymousPullEnabled,
                admin_version = admin_version + CASE WHEN admin_user <> @AdminUserEnabled THEN 1 ELSE 0 END, admin_user = @AdminUserEnabled
            WHERE id = @Id
            """,
            new { mode = (int)after.RoleAssignmentMode, after.AnonymousPullEnabled, after.AdminUserEnabled, after.Id });
    }
}
