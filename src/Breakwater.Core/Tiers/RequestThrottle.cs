using Breakwater.Core.Identity;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Tiers;

/// <summary>Counts requests against what the registry's tier allows, per registry and per identity. Registries never wait for each other.</summary>
public sealed class RequestThrottle(TimeProvider clock)
{
    // Registries beyond twice that many that are busy at once start with full buckets now and then.
    private const int Registries = 20_000;

    private readonly RecentMap<Guid, RegistryBuckets> _registries = new(Registries);

    /// <param name="identity">The id of the principal; null: only the registry's own limit counts.</param>
    /// <param name="retryAfter">At most a minute; zero when the request may go on.</param>
    public bool TryAdmit(Registry registry, Guid? identity, RequestKind kinds, out TimeSpan retryAfter)
    {
        if (!_registries.TryGet(registry.Id, out var buckets))
            buckets = _registries.GetOrAdd(registry.Id, _ => new RegistryBuckets(registry.Plan, clock));
        if (!ReferenceEquals(buckets.Plan, registry.Plan))
            _registries.Set(registry.Id, buckets = new RegistryBuckets(registry.Plan, clock));
        return buckets.TryTake(identity, kinds, out retryAfter);
    }
}
