using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Policies;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Reads the principals that belong to a registry: its admin user, its tokens, and everybody where pulling is open.</summary>
internal static class CredentialRows
{
    // 9999-12-31, for what never expires.
    private const string Never = "253402300799999";

    /// <param name="id">Null: all of them.</param>
    public static async Task<IEnumerable<DirectoryEntry>> ReadAsync(DbConnection db, Guid? id)
    {
        var anonymous = id is null || id == Anonymous.Id ? Everybody(await RegistriesAsync(db, "anonymous_pull = 1 OR anonymous_repositories <> ''", null)) : [];
        return [.. anonymous, .. await AdminsAsync(db, id), .. await TokensAsync(db, id)];
    }

    private static async Task<IReadOnlyList<RegistryRow>> RegistriesAsync(DbConnection db, string condition, Guid? id) => (await db.QueryAsync<RegistryRow>(
        $"SELECT id, name, admin_version, anonymous_pull, anonymous_repositories FROM registry WHERE ({condition}) AND erasing = 0{(id is null ? "" : " AND id = @id")}", new { id })).AsList();

    private static IEnumerable<DirectoryEntry> Everybody(IEnumerable<RegistryRow> registries)
    {
        var grants = registries.SelectMany(row => OpenIn(row).Select(pattern => new ScopeGrant(row.Id, pattern, Anonymous.Actions))).ToList();
        // Where nothing is open there is no such principal, and no token of it counts.
        if (grants.Count > 0)
            yield return new DirectoryEntry(new Principal(Anonymous.Id, PrincipalKind.Anonymous, Anonymous.Name, 1), null, [], new PrincipalRights(grants));
    }

    private static IEnumerable<string> OpenIn(RegistryRow row) => row.AnonymousPull ? [ScopeGrant.Everything] : PolicyRow.Lines(row.AnonymousRepositories);

    private static async Task<IEnumerable<DirectoryEntry>> AdminsAsync(DbConnection db, Guid? id)
    {
        if (await RegistriesAsync(db, "admin_user = 1", id) is not { Count: > 0 } enabled)
            return [];
        var passwords = (await db.QueryAsync<PrincipalSecret>(
            $"SELECT registry_id AS id, registry_id AS principal_id, hash, {Never} AS expires_at, NULL AS last_used_at FROM admin_password{(id is null ? "" : " WHERE registry_id = @id")}", new { id })).ToLookup(row => row.PrincipalId);
        return enabled.Select(row => new DirectoryEntry(
            new Principal(row.Id, PrincipalKind.Admin, row.Name, row.AdminVersion, RegistryId: row.Id),
            null,
            [.. passwords[row.Id]],
            new PrincipalRights([new ScopeGrant(row.Id, ScopeGrant.Everything, RepositoryActions.All, RegistryActions.All)])));
    }

    private static async Task<IEnumerable<DirectoryEntry>> TokensAsync(DbConnection db, Guid? id)
    {
        var one = id is null ? "" : " WHERE t.id = @id";
        var tokens = await db.QueryAsync<TokenRow>(
            $"SELECT t.id, t.registry_id, t.name, t.version, t.enabled, m.actions FROM registry_token t JOIN scope_map m ON m.id = t.scope_map_id{one}", new { id });
        var passwords = (await db.QueryAsync<PrincipalSecret>(
            $"""
            SELECT t.token_id AS id, t.token_id AS principal_id, t.hash, COALESCE(t.expires_at, {Never}) AS expires_at, NULL AS last_used_at
            FROM registry_token_password t{one.Replace("t.id", "t.token_id", StringComparison.Ordinal)}
            """,
            new { id })).ToLookup(row => row.PrincipalId);
        return tokens.Select(row => new DirectoryEntry(
            new Principal(row.Id, PrincipalKind.RegistryToken, row.Name, row.Version, !row.Enabled, row.RegistryId), null, [.. passwords[row.Id]], new PrincipalRights(Grants(row))));
    }

    // What this version cannot read grants nothing.
    private static IEnumerable<ScopeGrant> Grants(TokenRow token) => ScopeMapAction.WithRestore(
        token.Actions.Split('\n').Select(action => ScopeMapAction.TryParse(action, token.RegistryId, out var grant) ? grant : null).OfType<ScopeGrant>());

    private sealed record RegistryRow
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required int AdminVersion { get; init; }
        public required bool AnonymousPull { get; init; }
        public required string AnonymousRepositories { get; init; }
    }

    private sealed record TokenRow
    {
        public required Guid Id { get; init; }
        public required Guid RegistryId { get; init; }
        public required string Name { get; init; }
        public required int Version { get; init; }
        public required bool Enabled { get; init; }
        public required string Actions { get; init; }
    }
}
