using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Applications that sign in with their application id and one of their secrets.</summary>
public sealed class ServicePrincipals(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    /// <summary>As with Entra ID: how long a secret is good for when nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultSecretLifetime = TimeSpan.FromDays(365);

    /// <summary>Secrets that one principal can have at a time.</summary>
    public const int MaxSecrets = 20;

    private const int HintLength = 10;

    /// <summary>Creates one that may do nothing yet and has no secret.</summary>
    /// <exception cref="InvalidValueException">The name is not acceptable; the message says what to do.</exception>
    public async Task<DirectoryEntry> CreateAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        DisplayText.Require(name, "The name");
        var (id, appId) = (Guid.NewGuid(), Guid.NewGuid());
        await database.WriteAsync(db => db.Execute(
            "INSERT INTO service_principal (id, app_id, name, created_at) VALUES (@id, @appId, @name, @now)", new { id, appId, name, now = clock.GetUtcNow() }));
        await directory.RefreshAsync(id);
        return directory.Find(id) ?? throw new InvalidOperationException($"Service principal '{name}' was removed while it was made.");
    }

    /// <summary>Adds a secret beside those there are; it is shown this once.</summary>
    /// <param name="name">What people know it by.</param>
    /// <param name="startsAt">From when its time is counted; null: now. It is good from when it is made, so this is no later time.</param>
    /// <returns>Null when there is no such service principal.</returns>
    /// <exception cref="InvalidValueException">The time of expiry is past, there are too many secrets, or it is a managed identity; the message says what to do.</exception>
    public async Task<NewSecret?> AddSecretAsync(ManagementAccess access, Guid principalId, string name, DateTimeOffset? expiresAt, DateTimeOffset? startsAt = null)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        DisplayText.Require(name, "The secret's name");
        var now = clock.GetUtcNow();
        var secret = GeneratedPassword.Create(GeneratedPassword.ServicePrincipalPrefix);
        var start = startsAt ?? now;
        var row = new NewSecret(Guid.NewGuid(), name, secret.Reveal()[..HintLength], start, expiresAt ?? start + DefaultSecretLifetime, secret);
        if (row.ExpiresAt <= now || row.ExpiresAt <= start)
            throw new InvalidValueException("The secret's end is in the past, or before its start. Name a later one.");
        var outcome = await database.WriteAsync(db =>
        {
            if (!PrincipalRows.Exists(db, "service_principal", principalId))
                return (bool?)null;
            ManagedIdentities.Refuse(db, principalId);
            if (db.ExecuteScalar<long>("SELECT COUNT(*) FROM service_principal_secret WHERE principal_id = @principalId", new { principalId }) >= MaxSecrets)
                return false;
            return db.Execute(
                "INSERT INTO service_principal_secret (id, principal_id, name, hint, hash, starts_at, expires_at, created_at) VALUES (@Id, @principalId, @Name, @Hint, @hash, @StartsAt, @ExpiresAt, @now)",
                new { row.Id, principalId, row.Name, row.Hint, row.StartsAt, hash = PrincipalSecret.HashOf(secret), row.ExpiresAt, now }) > 0;
        });
        if (outcome is null)
            return null;
        if (outcome is false)
            throw new InvalidValueException($"There are {MaxSecrets} secrets already. Remove one that is no longer used.");
        await directory.RefreshAsync(principalId);
        return row;
    }

    /// <summary>Removes a secret; the principal's tokens and remembered logins end at once, and it signs in anew with another secret.</summary>
    /// <returns>False when it has no such secret.</returns>
    public async Task<bool> RemoveSecretAsync(ManagementAccess access, Guid principalId, Guid secretId)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var removed = await database.WriteAsync(db =>
            db.Execute("DELETE FROM service_principal_secret WHERE id = @secretId AND principal_id = @principalId", new { secretId, principalId }) > 0
            && Raise(db, principalId));
        await directory.RefreshAsync(principalId);
        return removed;

        static bool Raise(System.Data.Common.DbConnection db, Guid principalId) =>
            db.Execute("UPDATE service_principal SET version = version + 1 WHERE id = @principalId", new { principalId }) > 0;
    }

    /// <returns>False when there is no such service principal.</returns>
    public async Task<bool> SetDisabledAsync(ManagementAccess access, Guid principalId, bool disabled)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var changed = await database.WriteAsync(db => db.Execute(
            "UPDATE service_principal SET disabled = @disabled, version = version + 1 WHERE id = @principalId", new { principalId, disabled }));
        await directory.RefreshAsync(principalId);
        return changed > 0;
    }

    /// <summary>Removes one with its secrets, roles and memberships. What it has pushed stays.</summary>
    /// <returns>False when there is no such service principal.</returns>
    /// <exception cref="InvalidValueException">It is a managed identity.</exception>
    public async Task<bool> DeleteAsync(ManagementAccess access, Guid principalId)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var deleted = await database.WriteAsync(db =>
        {
            ManagedIdentities.Refuse(db, principalId);
            return PrincipalRows.Delete(db, "service_principal", principalId);
        });
        await directory.RefreshAsync(principalId);
        return deleted;
    }

    /// <summary>Notes that a secret was used, to the hour, so that unused ones can be found. Signing in does not depend on it.</summary>
    internal async Task NoteUseAsync(PrincipalSecret secret)
    {
        await database.WriteAsync(db => db.Execute(
            "UPDATE service_principal_secret SET last_used_at = @now WHERE id = @Id", new { secret.Id, now = clock.GetUtcNow() }));
        await directory.RefreshAsync(secret.PrincipalId);
    }
}
