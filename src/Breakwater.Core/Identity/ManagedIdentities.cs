using System.Buffers;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>
/// Service principals without anything that could be stolen: a workload proves that it is one with a token that its platform (a cluster, a CI
/// system) has signed. They are principals, so that whoever administers the directory makes them.
/// </summary>
/// <remarks>https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview</remarks>
public sealed class ManagedIdentities(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    private const int MinLength = 3, MaxLength = 128;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>By name.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public async Task<Page<ManagedIdentity>> ListAsync(ManagementAccess access, string? after, int limit)
    {
        access.Demand(ManagementActions.DirectoryRead);
        var rows = await database.ReadAsync(db => db.QueryAsync<ManagedIdentityRow>(
            $"{ManagedIdentityRow.Select} WHERE m.name > @after ORDER BY m.name LIMIT @read", new { after = after ?? "", read = limit + 1 }));
        return Page<ManagedIdentity>.Of(rows.AsList(), limit, row => row.Name, row => row.ToIdentity());
    }

    /// <returns>Null when there is none.</returns>
    public async Task<ManagedIdentity?> FindAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.DirectoryRead);
        return await ReadAsync(name);
    }

    /// <summary>One that a registry is to be given, by whoever may change that registry.</summary>
    /// <returns>Null when there is none, or when the caller may not see it: it does not learn which.</returns>
    public async Task<ManagedIdentity?> FindSeenAsync(ManagementAccess access, string name) =>
        access.Allows(RoleScope.Installation, ManagementActions.DirectoryRead) ? await ReadAsync(name) : null;

    /// <summary>Makes it, without any right, or changes its tags.</summary>
    /// <param name="location">Of a new one; one that is there stays where it is.</param>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="InvalidValueException">The name or the tags are not acceptable; the message says what to do.</exception>
    public async Task<bool> PutAsync(ManagementAccess access, string name, string location, IReadOnlyDictionary<string, string> labels)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        RequireName(name);
        DisplayText.Require(location, "The location");
        var row = new { id = Guid.NewGuid(), appId = Guid.NewGuid(), name, location, labels = ResourceTags.Serialize(labels), now = clock.GetUtcNow() };
        var isNew = await database.WriteAsync(db => db.Execute("UPDATE managed_identity SET labels = @labels WHERE name = @name", row) == 0 && Insert(db, row));
        if (isNew)
            await directory.RefreshAsync(row.id);
        return isNew;
    }

    /// <summary>Removes it with its federated credentials, roles and memberships.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var deleted = await database.WriteAsync(db =>
            db.QuerySingleOrDefault<Guid?>("SELECT id FROM managed_identity WHERE name = @name", new { name }) is { } id && PrincipalRows.Delete(db, "service_principal", id) ? id : (Guid?)null);
        if (deleted is { } gone)
            await directory.RefreshAsync(gone);
        return deleted is not null;
    }

    /// <summary>What Graph can do to applications would give it something to steal, or leave its resource without a principal.</summary>
    /// <exception cref="InvalidValueException">The principal is a managed identity.</exception>
    internal static void Refuse(DbConnection db, Guid principalId)
    {
        if (PrincipalRows.Exists(db, "managed_identity", principalId))
            throw new InvalidValueException("This is a managed identity. It has no secrets and no certificates: give it a federated credential. It is changed and deleted as a resource, Microsoft.ManagedIdentity/userAssignedIdentities.");
    }

    private async Task<ManagedIdentity?> ReadAsync(string name) =>
        (await database.ReadAsync(db => db.QuerySingleOrDefaultAsync<ManagedIdentityRow>($"{ManagedIdentityRow.Select} WHERE m.name = @name", new { name })))?.ToIdentity();

    private static bool Insert(DbConnection db, object row) => db.Execute(
        """
        INSERT INTO service_principal (id, app_id, name, created_at) VALUES (@id, @appId, @name, @now);
        INSERT INTO managed_identity (id, name, location, labels) VALUES (@id, @name, @location, @labels);
        """,
        row) > 0;

    private static void RequireName(string name)
    {
        if (name.Length is < MinLength or > MaxLength || name.AsSpan().ContainsAnyExcept(Allowed) || !char.IsAsciiLetterOrDigit(name[0]))
            throw new InvalidValueException($"'{name}' is no name of a managed identity. Use {MinLength} to {MaxLength} letters, digits, hyphens and underscores, and begin with a letter or a digit.");
    }
}
