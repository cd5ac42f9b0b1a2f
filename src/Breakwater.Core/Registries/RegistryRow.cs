using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Network;
using Breakwater.Core.Policies;
using Breakwater.Core.Tiers;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>A row of <c>registry</c>.</summary>
internal sealed record RegistryRow
{
    private const string Columns =
        "id, name, security_version, role_assignment_mode, admin_user, anonymous_pull, tier, location, labels, host_names, revision, created_at, created_by, updated_at, updated_by, deleted_at, network_default, network_rules, network_private, network_strict, data_endpoint, "
        + "key_identifier, key_versioned_identifier, key_client, key_rotated_at, identities, group_id, "
        + "(SELECT g.name FROM resource_group g WHERE g.id = registry.group_id) AS group_name";

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required int SecurityVersion { get; init; }
    public required int RoleAssignmentMode { get; init; }
    public required bool AdminUser { get; init; }
    public required bool AnonymousPull { get; init; }
    public required string Tier { get; init; }
    public required string Location { get; init; }
    public required string Labels { get; init; }
    public required string HostNames { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string? CreatedBy { get; init; }
    public required DateTimeOffset? UpdatedAt { get; init; }
    public required string? UpdatedBy { get; init; }
    public required DateTimeOffset? DeletedAt { get; init; }
    public required int NetworkDefault { get; init; }
    public required string NetworkRules { get; init; }
    public required bool NetworkPrivate { get; init; }
    public required bool NetworkStrict { get; init; }
    public required bool DataEndpoint { get; init; }
    public required string? KeyIdentifier { get; init; }
    public required string? KeyVersionedIdentifier { get; init; }
    public required string? KeyClient { get; init; }
    public required DateTimeOffset? KeyRotatedAt { get; init; }
    public required string Identities { get; init; }
    public required Guid GroupId { get; init; }
    public required string GroupName { get; init; }

    /// <summary>Those that are there; the one of the plain address comes first.</summary>
    /// <exception cref="InvalidDataException">A registry is of a tier that the catalog has not.</exception>
    public static IReadOnlyList<Registry> ReadAll(DbConnection db, TierCatalog tiers)
    {
        var policies = PolicyRow.ReadAll(db);
        return [.. db.Query<RegistryRow>($"SELECT {Columns} FROM registry WHERE deleted_at IS NULL ORDER BY is_first DESC, name").Select(row => row.ToRegistry(tiers, policies[row.Id]))];
    }

    /// <summary>Also one that is deleted and can still be recovered.</summary>
    public static Registry? Read(DbConnection db, TierCatalog tiers, Guid id) =>
        db.QuerySingleOrDefault<RegistryRow>($"SELECT {Columns} FROM registry WHERE id = @id AND erasing = 0", new { id })?.ToRegistry(tiers, PolicyRow.Read(db, id));

    public static IReadOnlyList<DeletedRegistry> ReadDeleted(DbConnection db) =>
        [.. db.Query<RegistryRow>($"SELECT {Columns} FROM registry WHERE deleted_at IS NOT NULL AND erasing = 0 ORDER BY name").Select(row => new DeletedRegistry(row.Id, row.Name, row.GroupId, row.Location, row.DeletedAt!.Value))];

    public static void Insert(DbConnection db, Registry registry)
    {
        db.Execute(
            """
            INSERT INTO registry (id, name, role_assignment_mode, admin_user, anonymous_pull, tier, location, labels, host_names, group_id, created_at, created_by,
                    network_default, network_rules, network_private, network_strict, data_endpoint, key_identifier, key_versioned_identifier, key_client, key_rotated_at, identities)
                VALUES (@Id, @Name, @Mode, @AdminUserEnabled, @AnonymousPullEnabled, @Tier, @Location, @Labels, @HostNames, @GroupId, @CreatedAt, @CreatedBy,
                    @NetworkDefault, @NetworkRules, @NetworkPrivate, @NetworkStrict, @HasDataEndpoint, @KeyIdentifier, @VersionedIdentifier, @Client, @RotatedAt, @Identities)
            """,
            Parameters(registry));
        PolicyRow.Write(db, registry.Id, registry.Policies);
    }

    public static void Update(DbConnection db, Registry registry)
    {
        PolicyRow.Write(db, registry.Id, registry.Policies);
        db.Execute(
            """
            UPDATE registry SET role_assignment_mode = @Mode, anonymous_pull = @AnonymousPullEnabled,
                admin_version = admin_version + CASE WHEN admin_user <> @AdminUserEnabled THEN 1 ELSE 0 END, admin_user = @AdminUserEnabled,
                tier = @Tier, labels = @Labels, host_names = @HostNames, revision = @Revision, updated_at = @UpdatedAt, updated_by = @UpdatedBy,
                network_default = @NetworkDefault, network_rules = @NetworkRules, network_private = @NetworkPrivate, network_strict = @NetworkStrict, data_endpoint = @HasDataEndpoint,
                key_identifier = @KeyIdentifier, key_versioned_identifier = @VersionedIdentifier, key_client = @Client, key_rotated_at = @RotatedAt, identities = @Identities
            WHERE id = @Id
            """,
            Parameters(registry));
    }

    private static object Parameters(Registry registry) => new
    {
        registry.Id,
        registry.Name,
        Mode = (int)registry.RoleAssignmentMode,
        registry.AdminUserEnabled,
        registry.AnonymousPullEnabled,
        Tier = registry.Plan.Name,
        registry.Location,
        Labels = JsonSerializer.Serialize(registry.Labels),
        HostNames = string.Join('\n', registry.HostNames),
        registry.GroupId,
        registry.Revision,
        registry.CreatedAt,
        registry.CreatedBy,
        registry.UpdatedAt,
        registry.UpdatedBy,
        NetworkDefault = (int)registry.Network.Rules.DefaultAction,
        NetworkRules = string.Join('\n', registry.Network.Rules.Rules),
        NetworkPrivate = !registry.Network.IsPublic,
        NetworkStrict = !registry.Network.TrustsServices,
        registry.Network.HasDataEndpoint,
        registry.Encryption?.KeyIdentifier,
        registry.Encryption?.VersionedIdentifier,
        registry.Encryption?.Client,
        registry.Encryption?.RotatedAt,
        Identities = string.Join('\n', registry.Identities.Select(identity => identity.Line)),
    };

    private Registry ToRegistry(TierCatalog tiers, RegistryPolicies policies) =>
        new(Id, Name, SecurityVersion, (RoleAssignmentMode)RoleAssignmentMode, AdminUser, AnonymousPull)
        {
            Plan = tiers.Find(Tier) ?? throw new InvalidDataException($"Registry {Name} is of tier {Tier}, which this version does not know. Start the version that made it."),
            Policies = policies,
            GroupId = GroupId,
            GroupName = GroupName,
            Location = Location,
            Labels = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(Labels)!,
            HostNames = [.. PolicyRow.Lines(HostNames)],
            Revision = Revision,
            CreatedAt = CreatedAt,
            CreatedBy = CreatedBy,
            UpdatedAt = UpdatedAt,
            UpdatedBy = UpdatedBy,
            Network = ToNetwork(),
            Encryption = KeyIdentifier is null ? null : new RegistryEncryption(KeyIdentifier, KeyVersionedIdentifier!, KeyClient, KeyRotatedAt!.Value),
            Identities = [.. PolicyRow.Lines(Identities).Select(AssignedIdentity.Read)],
        };

    // What is not known is denied.
    private RegistryNetwork ToNetwork() => new()
    {
        Rules = NetworkDefault == (int)RuleAction.Allow && NetworkRules.Length == 0
            ? Network.NetworkRules.None
            : new NetworkRules(NetworkDefault == (int)RuleAction.Allow ? RuleAction.Allow : RuleAction.Deny, PolicyRow.Lines(NetworkRules).Select(AddressRule.Read)),
        IsPublic = !NetworkPrivate,
        TrustsServices = !NetworkStrict,
        HasDataEndpoint = DataEndpoint,
    };
}
