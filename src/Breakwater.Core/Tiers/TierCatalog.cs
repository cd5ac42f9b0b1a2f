using System.Collections.Immutable;

namespace Breakwater.Core.Tiers;

/// <summary>The whole price list: what Basic, Standard and Premium have, and how much of it.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/container-registry/container-registry-skus, its table of February 2026. ACR shapes no bandwidth any more
/// (until 2024 it was 30/60/100 Mbit/s down and 10/20/50 up), so nothing is shaped here unless the operator says so.
/// </remarks>
public sealed class TierCatalog
{
    private const long GiB = 1L << 30, TiB = 1L << 40;

    /// <summary>As Azure has it.</summary>
    public static readonly TierCatalog Default = new(
    [
        new("Basic", TierFeature.SoftDelete, new TierLimits
        {
            IncludedBytes = 10 * GiB, MaxBytes = 40 * TiB, MaxBlobBytes = 200 * GiB,
            Webhooks = 2, Tokens = 100, ScopeMaps = 100, NetworkRules = 0, PrivateEndpoints = 0,
            Reads = new(10_000, 5_000), Writes = new(2_000, 1_000), Deletes = new(1_000, 500), Referrers = new(500, 250), TokenRequests = new(10_000, null),
        }),
        new("Standard", TierFeature.SoftDelete | TierFeature.AnonymousPull, new TierLimits
        {
            IncludedBytes = 100 * GiB, MaxBytes = 40 * TiB, MaxBlobBytes = 200 * GiB,
            Webhooks = 10, Tokens = 500, ScopeMaps = 500, NetworkRules = 0, PrivateEndpoints = 0,
            Reads = new(10_000, 5_000), Writes = new(2_000, 1_000), Deletes = new(1_000, 500), Referrers = new(500, 250), TokenRequests = new(10_000, null),
        }),
        new("Premium", TierFeature.SoftDelete | TierFeature.AnonymousPull | TierFeature.ContentTrust | TierFeature.RetentionPolicy | TierFeature.NetworkRules | TierFeature.DataEndpoint | TierFeature.CustomerManagedKeys, new TierLimits
        {
            IncludedBytes = 500 * GiB, MaxBytes = 100 * TiB, MaxBlobBytes = 200 * GiB,
            Webhooks = 500, Tokens = 50_000, ScopeMaps = 50_000, NetworkRules = 200, PrivateEndpoints = 200,
            Reads = new(20_000, 10_000), Writes = new(4_000, 2_000), Deletes = new(4_000, 2_000), Referrers = new(2_000, 1_000), TokenRequests = new(20_000, null),
        }),
    ]);

    public TierCatalog(ImmutableArray<TierPlan> plans) => Plans = plans;

    /// <summary>From the smallest to the largest.</summary>
    public ImmutableArray<TierPlan> Plans { get; }

    public IEnumerable<string> Names => Plans.Select(plan => plan.Name);

    /// <summary>What a registry has that nobody chose a tier for: everything.</summary>
    public TierPlan Largest => Plans[^1];

    /// <summary>By name, in any case; null when there is none.</summary>
    public TierPlan? Find(string? name) => Plans.FirstOrDefault(plan => plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The smallest tier that has <paramref name="feature"/>, to be named to those who lack it.</summary>
    public TierPlan SmallestWith(TierFeature feature) => Plans.First(plan => plan.Has(feature));
}
