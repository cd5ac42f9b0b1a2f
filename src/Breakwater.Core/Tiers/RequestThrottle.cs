using Breakwater.Core.Identity;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Tiers;

/// <summary>Counts requests against what the registry's tier allows, per registry and per identity. Registries never wait for each other.</summary>
public sealed class RequestThrottle(TimeProvider clock)
{
    // Registries beyond twice that many that are busy at once start with full buckets now and then.
    private const int Registries = 20_000;

    private readonly RecentMap<Guid, RegistryBuckets> _registries = new(Registries);

    /// <summary>Called for each request that is refused. It must not throw.</summary>
    public Action<Registry>? Refused { get; set; }

    /// <summary>Takes from the identity's own bucket. It stands before the decision: who may not must not be able to ask without end.</summary>
    /// <param name="retryAfter">At most a minute; zero when the request may go on.</param>
    public bool TryTakeOwn(Registry registry, Guid identity, RequestKind kinds, out TimeSpan retryAfter) => Of(registry).TryTakeOwn(identity, kinds, out retryAfter) || Refuse(registry);

    /// <summary>Takes from what all in the registry share. It stands after the decision: who may not takes nothing from those who may.</summary>
    public bool TryTakeShared(Registry registry, RequestKind kinds, out TimeSpan retryAfter) => Of(registry).TryTakeShared(kinds, out retryAfter) || Refuse(registry);

    private bool Refuse(Registry registry)
    {
        Refused?.Invoke(registry);
        return false;
    }

    private RegistryBuckets Of(Registry registry)
    {
        if (!_registries.TryGet(registry.Id, out var buckets))
            buckets = _registries.GetOrAdd(registry.Id, _ => new RegistryBuckets(registry.Plan, clock));
        if (!ReferenceEquals(buckets.Plan, registry.Plan))
            _registries.Set(registry.Id, buckets = new RegistryBuckets(registry.Plan, clock));
        return buckets;
    }
}
