using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>People who sign in with a name and a password, or with a token of another issuer.</summary>
public sealed class UserAccounts(IMetadataDatabase database, PrincipalDirectory directory, PasswordHasher hasher, TimeProvider clock)
{
    /// <summary>Creates a user who may do nothing yet.</summary>
    /// <param name="password">Null: it gets one that nobody knows, and signs in by its identities only.</param>
    /// <exception cref="InvalidValueException">The name or the password is not acceptable, or the name or an identity is taken; the message says what to do.</exception>
    public Task<DirectoryEntry> CreateAsync(
        ManagementAccess access, string name, string? displayName, Secret? password, string? mailNickname = null, IReadOnlyCollection<UserIdentity>? identities = null)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        if (password is null && identities is not { Count: > 0 })
            throw new InvalidValueException("A user needs a password, or an identity of a trusted issuer.");
        return CreateAsync(name, displayName, mailNickname, password ?? GeneratedPassword.Create(), identities ?? [], isOwner: false);
    }

    /// <summary>Creates a user who holds <see cref="BuiltInRoles.Owner"/> in the whole installation: by the first start, on the machine itself.</summary>
    /// <exception cref="InvalidValueException">The name or the password is not acceptable, or the name is taken; the message says what to do.</exception>
    public Task<DirectoryEntry> CreateOwnerAsync(string name, Secret password) => CreateAsync(name, null, null, password, [], isOwner: true);

    /// <summary>Changes what is given; tokens and remembered logins end at once with a new password, an identity that is taken away, or when the user is let out.</summary>
    /// <exception cref="InvalidValueException">The password or an identity is not acceptable; the message says what to do.</exception>
    public async Task<DirectoryChange> ChangeAsync(ManagementAccess access, Guid userId, UserChange change)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        DisplayText.Require(change.DisplayName, "The display name");
        MailNickname.Require(change.MailNickname);
        if (change.Password is { } password)
            PasswordPolicy.Require(password);
        var hash = change.Password is { } text ? await Task.Run(() => hasher.Hash(text)) : null;
        var outcome = await database.WriteAsync(db =>
        {
            if (change.Disabled is true && Owners.AreOnly(db, userId: userId))
                return DirectoryChange.LastOwner;
            if (!PrincipalRows.Exists(db, "directory_user", userId))
                return DirectoryChange.NotFound;
            var identityGone = change.Identities is { } identities && UserIdentities.Replace(db, userId, identities, clock.GetUtcNow());
            db.Execute(
                """
                UPDATE directory_user SET
                    display_name = COALESCE(@DisplayName, display_name),
                    mail_nickname = COALESCE(@MailNickname, mail_nickname),
                    password_hash = COALESCE(@hash, password_hash),
                    disabled = COALESCE(@Disabled, disabled),
                    version = version + CASE WHEN @hash IS NOT NULL OR @Disabled IS NOT NULL OR @identityGone THEN 1 ELSE 0 END
                WHERE id = @userId
                """,
                new { change.DisplayName, change.MailNickname, hash, change.Disabled, identityGone, userId });
            return DirectoryChange.Done;
        });
        await directory.RefreshAsync(userId);
        return outcome;
    }

    /// <summary>Removes a user with its roles and memberships. What it has pushed stays.</summary>
    public async Task<DirectoryChange> DeleteAsync(ManagementAccess access, Guid userId)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var outcome = await database.WriteAsync(db => Owners.AreOnly(db, userId: userId) ? DirectoryChange.LastOwner
            : PrincipalRows.Delete(db, "directory_user", userId) ? DirectoryChange.Done : DirectoryChange.NotFound);
        await directory.RefreshAsync(userId);
        return outcome;
    }

    /// <summary>Sets a new password. Tokens and remembered logins of the old one end at once.</summary>
    /// <exception cref="InvalidValueException">The password is not acceptable; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">There is no such user.</exception>
    public async Task SetPasswordAsync(Guid userId, Secret password)
    {
        PasswordPolicy.Require(password);
        var hash = await Task.Run(() => hasher.Hash(password));
        await UpdateAsync(userId, "password_hash = @hash, version = version + 1", new { userId, hash });
    }

    /// <summary>Stores the same password hashed with today's parameters, unless it was changed meanwhile.</summary>
    internal Task RehashAsync(DirectoryEntry entry, string hash) => UpdateAsync(
        entry.Principal.Id,
        "password_hash = CASE WHEN password_hash = @old THEN @hash ELSE password_hash END",
        new { userId = entry.Principal.Id, hash, old = entry.PasswordHash });

    private async Task<DirectoryEntry> CreateAsync(
        string name, string? displayName, string? mailNickname, Secret password, IReadOnlyCollection<UserIdentity> identities, bool isOwner)
    {
        if (!UserName.IsValid(name))
            throw new InvalidValueException($"'{name}' is no user name. Use 1 to {UserName.MaxLength} lower-case letters, digits and . _ - @, but not the form of an application id.");
        PasswordPolicy.Require(password);
        DisplayText.Require(displayName, "The display name");
        MailNickname.Require(mailNickname);
        var hash = await Task.Run(() => hasher.Hash(password));
        var id = Guid.NewGuid();
        if (!await database.WriteAsync(db => Insert(db, new NewUser(id, name, displayName, mailNickname, hash, clock.GetUtcNow()), identities, isOwner)))
            throw new InvalidValueException($"There already is a user, a token or a registry '{name}'. Choose another name.");
        await directory.RefreshAsync(id);
        return directory.Find(id) ?? throw new InvalidOperationException($"User '{name}' was removed while it was made.");
    }

    private static bool Insert(DbConnection db, NewUser user, IReadOnlyCollection<UserIdentity> identities, bool isOwner)
    {
        // Tokens and admin users sign in by the same door.
        var inserted = db.Execute(
            """
            INSERT INTO directory_user (id, name, display_name, mail_nickname, password_hash, created_at)
                SELECT @Id, @Name, @DisplayName, @MailNickname, @Hash, @Now
                WHERE NOT EXISTS (SELECT 1 FROM registry_token WHERE name = @Name) AND NOT EXISTS (SELECT 1 FROM registry WHERE name = @Name COLLATE NOCASE)
                ON CONFLICT (name) DO NOTHING
            """,
            user);
        if (inserted > 0)
            UserIdentities.Replace(db, user.Id, identities, user.Now);
        if (inserted > 0 && isOwner)
        {
            db.Execute(
                "INSERT INTO role_assignment (id, principal_id, role_id, registry_id, created_at) VALUES (@assignmentId, @Id, @roleId, NULL, @Now)",
                new { assignmentId = Guid.NewGuid(), user.Id, roleId = BuiltInRoles.Owner.Id, user.Now });
        }
        return inserted > 0;
    }

    private async Task UpdateAsync(Guid userId, string assignments, object parameters)
    {
        if (await database.WriteAsync(db => db.Execute($"UPDATE directory_user SET {assignments} WHERE id = @userId", parameters)) == 0)
            throw new InvalidOperationException($"There is no user {userId:N}.");
        await directory.RefreshAsync(userId);
    }

    private sealed record NewUser(Guid Id, string Name, string? DisplayName, string? MailNickname, string Hash, DateTimeOffset Now);
}
