using System.Collections.Concurrent;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>
/// The principals of the installation. All of them are in memory, so that every request can be checked against the newest state; a
/// change replaces its own entry after its commit. Before <see cref="LoadAsync"/> it knows nobody.
/// </summary>
public sealed class UserDirectory(IMetadataDatabase database, PasswordHasher hasher, TimeProvider clock)
{
    private const string UserColumns = "id, name, password_hash, version, disabled";

    private readonly ConcurrentDictionary<string, DirectoryEntry> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, DirectoryEntry> _byId = new();
    private readonly Lock _publishing = new();

    public DirectoryEntry? Find(string name) => _byName.GetValueOrDefault(name);

    public DirectoryEntry? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>Reads all principals from the database.</summary>
    public async Task LoadAsync()
    {
        var users = await database.ReadAsync(db => db.QueryAsync<UserRow>($"SELECT {UserColumns} FROM directory_user"));
        var assignments = await database.ReadAsync(db => db.QueryAsync<RoleAssignmentRow>("SELECT principal_id, role_id, registry_id FROM role_assignment"));
        var byPrincipal = assignments.ToLookup(a => a.PrincipalId);
        foreach (var user in users)
            Publish(DirectoryEntry.From(user, byPrincipal[user.Id]));
    }

    /// <summary>Creates a user who holds <see cref="BuiltInRoles.Owner"/> in the whole installation.</summary>
    /// <exception cref="ArgumentException">The name or the password is not acceptable, or the name is taken; the message says what to do.</exception>
    public async Task<DirectoryEntry> CreateOwnerAsync(string name, Secret password)
    {
        if (!UserName.IsValid(name))
            throw new ArgumentException($"'{name}' is no user name. Use 1 to {UserName.MaxLength} lower-case letters, digits and . _ - @", nameof(name));
        PasswordPolicy.Require(password);
        var hash = hasher.Hash(password);
        var entry = await database.WriteAsync(db => InsertOwner(db, name, hash));
        return Publish(entry ?? throw new ArgumentException($"There already is a user '{name}'. Choose another name.", nameof(name)));
    }

    /// <summary>Sets a new password. Tokens and remembered logins of the old one end at once.</summary>
    /// <exception cref="ArgumentException">The password is not acceptable; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">There is no such user.</exception>
    public async Task SetPasswordAsync(Guid userId, Secret password)
    {
        PasswordPolicy.Require(password);
        var hash = await Task.Run(() => hasher.Hash(password));
        await UpdateAsync(userId, "password_hash = @hash, version = version + 1", new { userId, hash });
    }

    /// <summary>Lets a user in again, or out: its tokens and remembered logins end at once.</summary>
    /// <exception cref="InvalidOperationException">There is no such user.</exception>
    public Task SetDisabledAsync(Guid userId, bool disabled) =>
        UpdateAsync(userId, "disabled = @disabled, version = version + 1", new { userId, disabled });

    /// <summary>Stores the same password hashed with today's parameters, unless it was changed meanwhile.</summary>
    internal Task RehashAsync(DirectoryEntry entry, string hash) => UpdateAsync(
        entry.Principal.Id,
        "password_hash = CASE WHEN password_hash = @old THEN @hash ELSE password_hash END",
        new { userId = entry.Principal.Id, hash, old = entry.PasswordHash });

    private DirectoryEntry? InsertOwner(DbConnection db, string name, string hash)
    {
        var (id, now) = (Guid.NewGuid(), clock.GetUtcNow());
        var inserted = db.Execute(
            "INSERT INTO directory_user (id, name, password_hash, created_at) VALUES (@id, @name, @hash, @now) ON CONFLICT (name) DO NOTHING",
            new { id, name, hash, now });
        if (inserted == 0)
            return null;
        db.Execute(
            "INSERT INTO role_assignment (id, principal_id, role_id, registry_id, created_at) VALUES (@assignmentId, @id, @roleId, NULL, @now)",
            new { assignmentId = Guid.NewGuid(), id, roleId = BuiltInRoles.Owner.Id, now });
        return Read(db, id);
    }

    private async Task UpdateAsync(Guid userId, string assignments, object parameters)
    {
        var entry = await database.WriteAsync(db =>
        {
            db.Execute($"UPDATE directory_user SET {assignments} WHERE id = @userId", parameters);
            return Read(db, userId);
        });
        Publish(entry ?? throw new InvalidOperationException($"There is no user {userId:N}."));
    }

    private static DirectoryEntry? Read(DbConnection db, Guid id)
    {
        var user = db.QuerySingleOrDefault<UserRow>($"SELECT {UserColumns} FROM directory_user WHERE id = @id", new { id });
        return user is null
            ? null
            : DirectoryEntry.From(user, db.Query<RoleAssignmentRow>("SELECT principal_id, role_id, registry_id FROM role_assignment WHERE principal_id = @id", new { id }));
    }

    private DirectoryEntry Publish(DirectoryEntry entry)
    {
        lock (_publishing)
        {
            // Two changes may come back from the database in the other order.
            if (_byId.TryGetValue(entry.Principal.Id, out var known) && known.Principal.Version > entry.Principal.Version)
                return known;
            _byId[entry.Principal.Id] = entry;
            _byName[entry.Principal.Name] = entry;
            return entry;
        }
    }
}
