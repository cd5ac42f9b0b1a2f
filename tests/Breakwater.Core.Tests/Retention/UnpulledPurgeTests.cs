using Breakwater.Core.Retention;

namespace Breakwater.Core.Tests.Retention;

/// <summary>A purge of what nobody pulls.</summary>
public sealed class UnpulledPurgeTests : PurgeTest
{
    private static readonly PurgeRequest Unpulled = Request(".*:.*") with { Untagged = true, NotPulledFor = TimeSpan.FromDays(90) };

    [Fact]
    public async Task Run_PulledLately_StaysAndTheRestGoes()
    {
        await Here.PushImageAsync("a", "used", seed: 1);
        var unused = await Here.PushImageAsync("a", "unused", seed: 2);
        Here.Clock.Advance(TimeSpan.FromDays(60));
        await Here.CountPullAsync("a", "used");
        Here.Clock.Advance(TimeSpan.FromDays(60));

        var page = await PurgeAsync(Unpulled);

        Assert.Equal([("unused", unused.Value), (null, unused.Value)], page.Removed.Select(item => (item.Tag, item.Digest)));
        Assert.Empty(page.Kept);
        Assert.Equal(["used"], await Here.TagsAsync("a"));
        Here.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(2, (await PurgeAsync(Unpulled)).Removed.Count);
    }

    [Fact]
    public async Task Run_PulledByItsDigestOnly_KeepsItsTags()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        Here.Clock.Advance(TimeSpan.FromDays(100));
        await Here.CountPullAsync("a", digest.Value);
        Here.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Empty((await PurgeAsync(Unpulled)).Removed);
        Assert.Equal(["v1"], await Here.TagsAsync("a"));
    }

    [Fact]
    public async Task Run_NeverPulled_CountsFromThePush()
    {
        await Here.PushImageAsync("a", "old", seed: 1);
        Here.Clock.Advance(TimeSpan.FromDays(89));
        await Here.PushImageAsync("a", "young", seed: 2);
        Here.Clock.Advance(TimeSpan.FromDays(2));

        await PurgeAsync(Unpulled);

        Assert.Equal(["young"], await Here.TagsAsync("a"));
    }

    [Fact]
    public async Task Run_AttributesChangedLately_AreNoUse()
    {
        await Here.PushImageAsync("a", "v1");
        Here.Clock.Advance(TimeSpan.FromDays(100));
        await Here.ChangeAsync("a", "v1", new(ListEnabled: true));

        Assert.Empty((await PurgeAsync(Unpulled with { Ago = TimeSpan.FromDays(1) })).Removed);
        Assert.NotEmpty((await PurgeAsync(Unpulled)).Removed);
    }

    [Fact]
    public async Task Run_RegistryThatCountsSinceYesterday_RemovesNothingUntilItsTime()
    {
        await Here.PushImageAsync("a", "v1");
        Here.Clock.Advance(TimeSpan.FromDays(1_000));
        await Here.ExecuteAsync("UPDATE registry SET counted_since = @now", new { now = Here.Clock.GetUtcNow().ToUnixTimeMilliseconds() });
        Here.Clock.Advance(TimeSpan.FromDays(89));
        Assert.Empty((await PurgeAsync(Unpulled)).Removed);
        Assert.Empty((await PurgeAsync(Unpulled with { DryRun = true })).Removed);
        Here.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, (await PurgeAsync(Unpulled with { DryRun = true })).Removed.Count);
        Assert.Equal(2, (await PurgeAsync(Unpulled)).Removed.Count);
    }

    [Fact]
    public async Task Run_TaggedIndexThatNobodyPulls_LeavesTheChildThatIsPulled()
    {
        var (used, unused) = (await Here.PushImageAsync("a", null, seed: 1), await Here.PushImageAsync("a", null, seed: 2));
        var index = await PutIndexAsync("v1", used, unused);
        Here.Clock.Advance(TimeSpan.FromDays(100));
        await Here.CountPullAsync("a", used.Value);

        await PurgeAsync(Unpulled);

        Assert.Equal((true, false, false), (await IsThereAsync(used), await IsThereAsync(unused), await IsThereAsync(index)));
    }

    [Fact]
    public async Task Run_PulledWhileItRuns_IsKeptAsChanged()
    {
        for (var i = 0; i < 120; i++)
            await Here.PushImageAsync("a", $"v{i:D3}", seed: i);
        Here.Clock.Advance(TimeSpan.FromDays(100));
        var pulled = false;
        var page = await Here.Open.Purge.RunAsync(
            Managing, Unpulled with { Untagged = false }, origin: null,
            async _ =>
            {
                if (!pulled)
                    await Here.CountPullAsync("a", "v119");
                pulled = true;
            },
            Cancellation);

        Assert.Equal(("v119", KeepReason.Changed), (page.Kept.Single().Tag, page.Kept.Single().Reason));
        Assert.Equal(["v119"], await Here.TagsAsync("a"));
    }
}
