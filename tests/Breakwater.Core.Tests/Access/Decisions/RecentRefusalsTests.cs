using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Tests.Installation;

namespace Breakwater.Core.Tests.Access.Decisions;

public sealed class RecentRefusalsTests
{
    private readonly MovableClock _clock = new();
    private readonly Caller _refused = Callers.With(BuiltInRoles.AcrPull);

    private AccessQuestion Question => AccessQuestion.About(_refused, Callers.Registry, RegistryActions.Catalog);

    [Fact]
    public void Find_OwnerAndAdministrators_OnlyTheyAndForAnHour()
    {
        var refusals = new RecentRefusals(_clock);
        var id = refusals.Add(Question);

        Assert.NotNull(refusals.Find(_refused, id));
        Assert.NotNull(refusals.Find(Callers.Owner(), id));
        Assert.Null(refusals.Find(Callers.With(BuiltInRoles.AcrPull), id));
        Assert.Null(refusals.Find(_refused, Guid.NewGuid()));
        _clock.Advance(RecentRefusals.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Null(refusals.Find(_refused, id));
    }

    [Fact]
    public void Add_MoreThanItHolds_ForgetsTheOldest()
    {
        var refusals = new RecentRefusals(_clock);
        var first = refusals.Add(Question);
        var last = Enumerable.Range(0, 10_001).Select(_ => refusals.Add(Question)).ToList()[^1];

        Assert.Null(refusals.Find(_refused, first));
        Assert.NotNull(refusals.Find(_refused, last));
    }
}
