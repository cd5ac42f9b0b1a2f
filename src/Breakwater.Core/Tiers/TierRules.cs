using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Registries;
using Dapper;

namespace Breakwater.Core.Tiers;

/// <summary>What a registry uses, against what its tier has: asked by every change, so that neither a property nor a smaller tier gets by.</summary>
internal static class TierRules
{
    private static readonly ImmutableArray<(TierFeature Feature, string Name, Func<Registry, bool> IsUsed)> Features =
    [
        (TierFeature.AnonymousPull, "Anonymous pull (properties.anonymousPullEnabled, properties.anonymousPullRepositories)", registry => registry.IsOpenSomewhere),
        (TierFeature.ContentTrust, "The right to sign (properties.policies.signingPolicy)", registry => registry.Policies.Signing.Required),
        (TierFeature.RetentionPolicy, "Retention (properties.policies.retentionPolicy)", registry => registry.Policies.Retention.IsEnabled),
        (TierFeature.SoftDelete, "Soft delete (properties.policies.softDeletePolicy)", registry => registry.Policies.SoftDelete.IsEnabled),
        (TierFeature.NetworkRules, "Choosing networks (properties.networkRuleSet, properties.publicNetworkAccess, properties.networkRuleBypassOptions)", registry => !registry.Network.IsDefault),
        (TierFeature.DataEndpoint, "A dedicated data endpoint (properties.dataEndpointEnabled)", registry => registry.Network.HasDataEndpoint),
        (TierFeature.CustomerManagedKeys, "A customer-managed key (properties.encryption)", registry => registry.Encryption is not null),
    ];

    private static readonly ImmutableArray<(string Name, string Sql, Func<TierLimits, int> Limit)> Counts =
    [
        ("Webhooks", "SELECT COUNT(*) FROM webhook WHERE registry_id = @Id", limits => limits.Webhooks),
        ("Tokens", "SELECT COUNT(*) FROM registry_token WHERE registry_id = @Id", limits => limits.Tokens),
        ("ScopeMaps", "SELECT COUNT(*) FROM scope_map WHERE registry_id = @Id AND is_system = 0", limits => limits.ScopeMaps),
        // One a line.
        ("IPRules", "SELECT CASE network_rules WHEN '' THEN 0 ELSE 1 + LENGTH(network_rules) - LENGTH(REPLACE(network_rules, CHAR(10), '')) END FROM registry WHERE id = @Id", limits => limits.NetworkRules),
        ("PrivateEndpointConnections", "SELECT COUNT(*) FROM private_endpoint_connection WHERE registry_id = @Id", limits => limits.PrivateEndpoints),
    ];

    /// <exception cref="BeyondTierException">The tier lacks something that the registry uses.</exception>
    public static void RequireFeatures(Registry registry)
    {
        foreach (var (feature, name, isUsed) in Features)
        {
            if (isUsed(registry) && !registry.Plan.Has(feature))
                throw new BeyondTierException(isQuota: false, $"{name} is not part of tier {registry.Plan.Name}. Switch it off, or choose a tier that has it: {TierCatalog.Default.SmallestWith(feature).Name}.");
        }
    }

    /// <summary>Stands in the transaction that adds a child, after the statement that adds it: what is too much is undone.</summary>
    /// <exception cref="BeyondTierException">There is more of something than the tier holds.</exception>
    public static void RequireCounts(DbConnection db, Registry registry)
    {
        if (Count(db, registry).FirstOrDefault(line => line.Current > line.Limit) is { } beyond)
            throw new BeyondTierException(isQuota: true, $"Quota exceeded for resource type {beyond.Name} for the registry SKU {registry.Plan.Name}: {beyond.Current} of {beyond.Limit}. Delete some, or choose a larger tier.");
    }

    /// <summary>How many children of each kind there are.</summary>
    public static IEnumerable<UsageLine> Count(DbConnection db, Registry registry) =>
        [.. Counts.Select(kind => new UsageLine(kind.Name, db.ExecuteScalar<long>(kind.Sql, new { registry.Id }), kind.Limit(registry.Plan.Limits)))];

    /// <summary>As <see cref="RequireCounts"/>, and of the content, in the transaction that changes the tier.</summary>
    /// <exception cref="BeyondTierException">The registry holds more than the tier may.</exception>
    public static void RequireSize(DbConnection db, Registry registry)
    {
        RequireCounts(db, registry);
        var bytes = db.ExecuteScalar<long>("SELECT size_bytes FROM registry WHERE id = @Id", new { registry.Id });
        if (bytes > registry.Plan.Limits.MaxBytes)
            throw new BeyondTierException(isQuota: true, $"The registry holds {bytes} bytes; tier {registry.Plan.Name} holds at most {registry.Plan.Limits.MaxBytes}. Delete content first.");
    }
}
