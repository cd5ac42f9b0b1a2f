using System.Collections.Immutable;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Tiers;

/// <summary>The buckets of one registry, and of each identity in it, as its tier fills them.</summary>
internal sealed class RegistryBuckets(TierPlan plan, TimeProvider clock)
{
    // Identities beyond twice that many that are busy at once start with full buckets now and then.
    private const int Identities = 10_000;

    private static readonly ImmutableArray<(RequestKind Kind, Func<TierLimits, RequestLimit> Limit)> Kinds =
    [
        (RequestKind.Read, limits => limits.Reads), (RequestKind.Write, limits => limits.Writes), (RequestKind.Delete, limits => limits.Deletes),
        (RequestKind.Referrers, limits => limits.Referrers), (RequestKind.Token, limits => limits.TokenRequests),
    ];

    private readonly RequestBucket?[] _ofAll = [.. Kinds.Select(kind => New(kind.Limit(plan.Limits).PerRegistry, clock))];
    private readonly int?[] _perIdentity = [.. Kinds.Select(kind => kind.Limit(plan.Limits).PerIdentity)];
    private readonly RecentMap<(Guid Identity, int Kind), RequestBucket> _ofIdentities = new(Identities);

    public TierPlan Plan => plan;

    public bool TryTakeOwn(Guid identity, RequestKind kinds, out TimeSpan retryAfter)
    {
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            if ((kinds & Kinds[kind].Kind) != 0 && _perIdentity[kind] is { } limit && !OfIdentity(identity, kind, limit).TryTake(out retryAfter))
                return false;
        }
        retryAfter = TimeSpan.Zero;
        return true;
    }

    public bool TryTakeShared(RequestKind kinds, out TimeSpan retryAfter)
    {
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            if ((kinds & Kinds[kind].Kind) != 0 && _ofAll[kind] is { } all && !all.TryTake(out retryAfter))
                return false;
        }
        retryAfter = TimeSpan.Zero;
        return true;
    }

    private RequestBucket OfIdentity(Guid identity, int kind, int limit) =>
        _ofIdentities.TryGet((identity, kind), out var bucket) ? bucket : _ofIdentities.GetOrAdd((identity, kind), _ => new RequestBucket(limit, clock));

    private static RequestBucket? New(int? perMinute, TimeProvider clock) => perMinute is { } limit ? new RequestBucket(limit, clock) : null;
}
