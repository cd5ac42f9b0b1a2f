using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Tiers;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>The repository-scoped tokens of a registry. A change counts from the token's next request.</summary>
/// <remarks>https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions</remarks>
public sealed class ScopedTokens(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    public static readonly string[] PasswordNames = ["password1", "password2"];

    private const string Select =
        """
        SELECT t.id, t.name, m.name AS scope_map, t.enabled, t.created_at FROM registry_token t JOIN scope_map m ON m.id = t.scope_map_id
        WHERE t.registry_id = @Id
        """;

    private const string SelectPasswords =
        """
        SELECT p.token_id, p.name, p.created_at, p.expires_at FROM registry_token_password p JOIN registry_token t ON t.id = p.token_id
        WHERE t.registry_id = @Id
        """;

    /// <summary>By name.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public async Task<Page<ScopedToken>> ListAsync(ManagementAccess access, string? after, int limit)
    {
        access.Demand(ManagementActions.TokensRead);
        var rows = await database.ReadAsync(db => db.QueryAsync<ScopedToken>(
            $"{Select} AND t.name > @after ORDER BY t.name LIMIT @read", new { access.Registry!.Id, after = after ?? "", read = limit + 1 }));
        return Page<ScopedToken>.Of(rows.AsList(), limit, token => token.Name, token => token);
    }

    /// <returns>Null when there is none.</returns>
    public Task<ScopedToken?> FindAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.TokensRead);
        return database.ReadAsync(db => db.QuerySingleOrDefaultAsync<ScopedToken>($"{Select} AND t.name = @name", new { access.Registry!.Id, name }));
    }

    /// <summary>Of these tokens, by the token's id.</summary>
    public async Task<ILookup<Guid, ScopedTokenPassword>> PasswordsAsync(ManagementAccess access, IEnumerable<ScopedToken> of)
    {
        access.Demand(ManagementActions.TokensRead);
        var parameters = new { access.Registry!.Id, ids = of.Select(token => token.Id.ToString("N")) };
        return (await database.ReadAsync(db => db.QueryAsync<ScopedTokenPassword>($"{SelectPasswords} AND p.token_id IN @ids ORDER BY p.name", parameters))).ToLookup(p => p.TokenId);
    }

    public async Task<IReadOnlyList<ScopedTokenPassword>> PasswordsAsync(ManagementAccess access, Guid tokenId)
    {
        access.Demand(ManagementActions.TokensRead);
        return (await database.ReadAsync(db => db.QueryAsync<ScopedTokenPassword>(
            $"{SelectPasswords} AND p.token_id = @tokenId ORDER BY p.name", new { access.Registry!.Id, tokenId }))).AsList();
    }

    /// <summary>Makes it, or gives it another map or state.</summary>
    /// <exception cref="InvalidValueException">The name is not valid; the message says what is.</exception>
    /// <exception cref="BeyondTierException">The registry has as many as its tier holds.</exception>
    public async Task<ScopedTokenOutcome> PutAsync(ManagementAccess access, string name, string scopeMap, bool enabled)
    {
        access.Demand(ManagementActions.TokensWrite);
        ResourceName.Require(name, "token", underscores: false);
        var row = new { id = Guid.NewGuid(), registry = access.Registry!.Id, name, scopeMap, enabled, now = clock.GetUtcNow() };
        Guid? changed = null;
        var outcome = await database.WriteAsync(db =>
        {
            if (db.ExecuteScalar<string>("SELECT id FROM scope_map WHERE registry_id = @registry AND name = @scopeMap", row) is null)
                return ScopedTokenOutcome.ScopeMapUnknown;
            var old = db.ExecuteScalar<string>("SELECT id FROM registry_token WHERE registry_id = @registry AND name = @name", row);
            if (old is null && db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM directory_user WHERE name = @name) OR EXISTS (SELECT 1 FROM registry WHERE id = @registry AND name = @name COLLATE NOCASE)", row) != 0)
                return ScopedTokenOutcome.NameTaken;
            db.Execute(
                """
                INSERT INTO registry_token (id, registry_id, name, scope_map_id, enabled, created_at)
                    SELECT @id, @registry, @name, m.id, @enabled, @now FROM scope_map m WHERE m.registry_id = @registry AND m.name = @scopeMap
                    ON CONFLICT (registry_id, name) DO UPDATE SET scope_map_id = excluded.scope_map_id,
                        version = version + CASE WHEN enabled <> excluded.enabled THEN 1 ELSE 0 END, enabled = excluded.enabled
                """,
                row);
            TierRules.RequireCounts(db, access.Registry);
            changed = old is null ? row.id : Guid.ParseExact(old, "N");
            return old is null ? ScopedTokenOutcome.Created : ScopedTokenOutcome.Done;
        });
        if (changed is { } token)
            await directory.RefreshAsync(token);
        return outcome;
    }

    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.TokensDelete);
        if (await FindIdAsync(access, name) is not { } token)
            return false;
        await database.WriteAsync(db => db.Execute("DELETE FROM registry_token WHERE id = @token", new { token }));
        await directory.RefreshAsync(token);
        return true;
    }

    /// <summary>Makes a password, in the place of the one with its name. The token's logins end; its other password works on.</summary>
    /// <param name="passwordName">One of <see cref="PasswordNames"/>.</param>
    /// <param name="expiresAt">Null: never.</param>
    /// <returns>Shown this once; null when there is no such token.</returns>
    /// <exception cref="InvalidValueException">The time of expiry is past.</exception>
    public async Task<Secret?> GenerateAsync(ManagementAccess access, string name, string passwordName, DateTimeOffset? expiresAt)
    {
        access.Demand(ManagementActions.GenerateCredentials);
        ArgumentOutOfRangeException.ThrowIfLessThan(Array.IndexOf(PasswordNames, passwordName), 0);
        if (expiresAt <= clock.GetUtcNow())
            throw new InvalidValueException("The password's expiry is in the past. Name a later one, or none.");
        if (await FindIdAsync(access, name) is not { } token)
            return null;
        var password = GeneratedPassword.Create(GeneratedPassword.TokenPrefix);
        await database.WriteAsync(db => db.Execute(
            """
            DELETE FROM registry_token_password WHERE token_id = @token AND name = @passwordName;
            INSERT INTO registry_token_password (token_id, name, hash, expires_at, created_at) SELECT id, @passwordName, @hash, @expiresAt, @now FROM registry_token WHERE id = @token;
            UPDATE registry_token SET version = version + 1 WHERE id = @token;
            """,
            new { token, passwordName, hash = PrincipalSecret.HashOf(password), expiresAt, now = clock.GetUtcNow() }));
        await directory.RefreshAsync(token);
        return password;
    }

    /// <summary>Removes the passwords that are not named. The token's logins end, if any was removed.</summary>
    public async Task KeepPasswordsAsync(ManagementAccess access, string name, IReadOnlyCollection<string> kept)
    {
        access.Demand(ManagementActions.TokensWrite);
        if (await FindIdAsync(access, name) is not { } token)
            return;
        await database.WriteAsync(db =>
        {
            var removed = db.Execute("DELETE FROM registry_token_password WHERE token_id = @token AND name NOT IN @kept", new { token, kept });
            return removed > 0 ? db.Execute("UPDATE registry_token SET version = version + 1 WHERE id = @token", new { token }) : 0;
        });
        await directory.RefreshAsync(token);
    }

    private async Task<Guid?> FindIdAsync(ManagementAccess access, string name) => await database.ReadAsync(async db =>
        await db.ExecuteScalarAsync<string>("SELECT id FROM registry_token WHERE registry_id = @Id AND name = @name", new { access.Registry!.Id, name }) is { } id
            ? Guid.ParseExact(id, "N") : (Guid?)null);
}
