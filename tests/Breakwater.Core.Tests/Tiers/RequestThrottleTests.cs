using Breakwater.Core.Registries;
using Breakwater.Core.Tests.Identity;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Tests.Tiers;

public sealed class RequestThrottleTests
{
    private static readonly Guid Ann = Guid.NewGuid(), Bob = Guid.NewGuid();

    private readonly ManualClock _clock = new();
    private readonly RequestThrottle _throttle;
    private readonly Registry _registry = new(Guid.NewGuid(), "fleet", 1) { Plan = TierCatalog.Default.Find("Basic")! };

    public RequestThrottleTests() => _throttle = new RequestThrottle(_clock);

    [Fact]
    public void TryAdmit_ConstantLoad_IsTheLimitWithinTwoPercent()
    {
        // The bucket is emptied first; from then on ten minutes of twice the allowed load.
        var limit = _registry.Plan.Limits.Writes.PerIdentity!.Value;
        while (Admits(Ann, RequestKind.Write))
        {
        }
        var admitted = 0;
        for (var i = 0; i < limit * 2 * 10; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1) / (limit * 2));
            admitted += Admits(Ann, RequestKind.Write) ? 1 : 0;
        }
        Assert.InRange(admitted, limit * 10 * 0.98, limit * 10 * 1.02);
    }

    [Fact]
    public void TryAdmit_AtOnce_IsAMinutesRequests()
    {
        var admitted = 0;
        while (Admits(Ann, RequestKind.Delete))
            admitted++;
        Assert.Equal(_registry.Plan.Limits.Deletes.PerIdentity, admitted);
    }

    [Fact]
    public void TryAdmit_Refused_SaysWhenTheNextFits()
    {
        while (Admits(Ann, RequestKind.Referrers))
        {
        }
        Admits(_registry, Ann, RequestKind.Referrers, out var retryAfter);
        Assert.InRange(retryAfter.TotalSeconds, 0.001, 60);
        _clock.Advance(retryAfter - TimeSpan.FromMilliseconds(1));
        Assert.False(Admits(Ann, RequestKind.Referrers));
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.True(Admits(Ann, RequestKind.Referrers));
    }

    [Fact]
    public void TryAdmit_OneIdentityAtItsLimit_LeavesTheOthersTheirs()
    {
        while (Admits(Ann, RequestKind.Delete))
        {
        }
        var bobs = 0;
        while (Admits(Bob, RequestKind.Delete))
            bobs++;
        Assert.Equal(_registry.Plan.Limits.Deletes.PerIdentity, bobs);
        Assert.True(Admits(_registry with { Id = Guid.NewGuid() }, Ann, RequestKind.Delete, out _));
        Assert.True(Admits(Ann, RequestKind.Read));
    }

    [Fact]
    public void TryAdmit_ManyIdentities_ShareTheRegistrysLimit()
    {
        var admitted = 0;
        for (var i = 0; i < 20; i++)
        {
            var identity = Guid.NewGuid();
            for (var k = 0; k < 250; k++)
                admitted += Admits(identity, RequestKind.Delete) ? 1 : 0;
        }
        Assert.Equal(_registry.Plan.Limits.Deletes.PerRegistry, admitted);
    }

    [Fact]
    public void TryTakeOwn_WhoeverIsRefusedThen_TakesNothingFromTheOthers()
    {
        while (_throttle.TryTakeOwn(_registry, Ann, RequestKind.Delete, out _))
        {
        }
        var shared = 0;
        while (_throttle.TryTakeShared(_registry, RequestKind.Delete, out _))
            shared++;
        Assert.Equal(_registry.Plan.Limits.Deletes.PerRegistry, shared);
    }

    [Fact]
    public void TryAdmit_AnotherTier_CountsFromTheNextRequest()
    {
        while (Admits(Ann, RequestKind.Delete))
        {
        }
        Assert.True(Admits(_registry with { Plan = TierCatalog.Default.Largest }, Ann, RequestKind.Delete, out _));
    }

    [Fact]
    public void TryAdmit_LimitNullOrZero_IsNoneOrNothing()
    {
        var none = _registry with { Plan = _registry.Plan with { Limits = _registry.Plan.Limits with { Reads = new(null, null), Writes = new(0, null) } } };
        for (var i = 0; i < 100_000; i++)
            Assert.True(Admits(none, Ann, RequestKind.Read, out _));
        Assert.False(Admits(none, Ann, RequestKind.Write, out _));
    }

    [Fact]
    public void TryAdmit_ManyThreads_NeverAdmitMore()
    {
        var admitted = 0;
        Parallel.For(0, 8000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
        {
            if (Admits(Ann, RequestKind.Delete))
                Interlocked.Increment(ref admitted);
        });
        Assert.Equal(_registry.Plan.Limits.Deletes.PerIdentity, admitted);
    }

    private bool Admits(Guid identity, RequestKind kinds) => Admits(_registry, identity, kinds, out _);

    private bool Admits(Registry registry, Guid identity, RequestKind kinds, out TimeSpan retryAfter) =>
        _throttle.TryTakeOwn(registry, identity, kinds, out retryAfter) && _throttle.TryTakeShared(registry, kinds, out retryAfter);
}
