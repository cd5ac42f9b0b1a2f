using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Usage;

/// <summary>What a pull counts for, and that it counts exactly once.</summary>
public sealed class PullCountsTests : InstallationTest
{
    [Fact]
    public async Task Count_ByTagAndByDigest_CountsForWhatWasAskedFor()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        await Here.PushImageAsync("a", "other", seed: 2);
        await Here.CountPullAsync("a", "v1", times: 2);
        await Here.CountPullAsync("a", digest.Value, times: 3);
        await WriteAsync();

        Assert.Equal(2, await TagAsync("v1"));
        Assert.Equal(0, await TagAsync("other"));
        Assert.Equal(5, await ManifestAsync(digest));
        Assert.Equal(5, await Here.QueryAsync<long>("SELECT pulls FROM repository"));
        Assert.Equal(5, await Here.QueryAsync<long>("SELECT pulls FROM registry"));
    }

    [Fact]
    public async Task Count_LastPull_IsTheTimeOfTheLastOne()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1");
        Here.Clock.Advance(TimeSpan.FromHours(1));
        var last = Here.Clock.GetUtcNow();
        await Here.CountPullAsync("a", digest.Value);
        Here.Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync();

        await AssertTimeAsync(last - TimeSpan.FromHours(1), "SELECT last_pulled_at FROM tag_pull");
        await AssertTimeAsync(last, "SELECT last_pulled_at FROM manifest_pull");
        await AssertTimeAsync(last, "SELECT last_pulled_at FROM repository");
        await AssertTimeAsync(last, "SELECT last_pulled_at FROM registry");
    }

    [Fact]
    public async Task Count_CacheDropsEverythingBetween_LosesNothing()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        for (var i = 0; i < 5; i++)
        {
            await Here.CountPullAsync("a", "v1", times: 2);
            Here.Open.Cache.Clear();
            if (i == 2)
                await WriteAsync();
        }
        await WriteAsync();
        await WriteAsync();

        Assert.Equal(10, await TagAsync("v1"));
        Assert.Equal(10, await ManifestAsync(digest));
    }

    [Fact]
    public async Task Count_TagDeletedAndSetAgainBeforeTheWrite_InheritsNothing()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1", times: 4);
        await Here.Open.Tags.DeleteAsync(Here.At("a"), TagName.Parse("v1"));
        await Here.PushImageAsync("a", "v1");
        await WriteAsync();

        Assert.Equal(0, await TagAsync("v1"));
        Assert.Equal(4, await ManifestAsync(digest));
    }

    [Fact]
    public async Task Count_TagDeletedAndSetAgainAfterTheWrite_InheritsNothing()
    {
        await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1", times: 4);
        await WriteAsync();
        await Here.Open.Tags.DeleteAsync(Here.At("a"), TagName.Parse("v1"));
        await Here.PushImageAsync("a", "v1");

        Assert.Equal(0, await TagAsync("v1"));
    }

    [Fact]
    public async Task Count_ManifestDeletedAndPushedAgain_InheritsNothing()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1", times: 4);
        await WriteAsync();
        await Here.CountPullAsync("a", "v1", times: 2);
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), digest);
        await Here.PushImageAsync("a", "v1");
        await WriteAsync();

        Assert.Equal(0, await TagAsync("v1"));
        Assert.Equal(0, await ManifestAsync(digest));
        Assert.Equal(6, await Here.QueryAsync<long>("SELECT pulls FROM repository"));
    }

    [Fact]
    public async Task Count_RepositoryDeletedAndPushedAgain_InheritsNothing()
    {
        await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1", times: 4);
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await Here.PushImageAsync("a", "v1");
        await WriteAsync();

        Assert.Equal(0, await Here.QueryAsync<long>("SELECT pulls FROM repository"));
        Assert.Equal(1, await Here.QueryAsync<long>("SELECT pushes FROM repository"));
        Assert.Equal(0, await TagAsync("v1"));
        Assert.Equal(4, await Here.QueryAsync<long>("SELECT pulls FROM registry"));
    }

    [Fact]
    public async Task Count_TagMoved_GoesOnForTheTagAndBeginsForTheManifest()
    {
        var first = await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1", times: 2);
        var second = await Here.PushImageAsync("a", "v1", seed: 2);
        await Here.CountPullAsync("a", "v1", times: 3);
        await WriteAsync();

        Assert.Equal(5, await TagAsync("v1"));
        Assert.Equal(2, await ManifestAsync(first));
        Assert.Equal(3, await ManifestAsync(second));
    }

    [Fact]
    public async Task Count_ByManyAtOnceWhileOthersWrite_IsExact()
    {
        const int Threads = 4, Each = 5_000;
        var digest = await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1");
        var counting = Enumerable.Range(0, Threads).Select(_ => Task.Run(() => Here.CountPullAsync("a", "v1", Each), Cancellation)).ToList();
        while (!counting.TrueForAll(task => task.IsCompleted))
        {
            await WriteAsync();
            Here.Open.Cache.Clear();
        }
        await Task.WhenAll(counting);
        await WriteAsync();

        Assert.Equal(Threads * Each + 1, await TagAsync("v1"));
        Assert.Equal(Threads * Each + 1, await ManifestAsync(digest));
    }

    [Fact]
    public async Task Count_AgainInTheSameInterval_AllocatesNothing()
    {
        await Here.PushImageAsync("a", "v1");
        await Here.CountPullAsync("a", "v1");
        var found = (await Here.Open.Manifests.FindForPullAsync(Here.At("a"), ManifestReference.Parse("v1")))!.Value;
        Here.Open.Manifests.Count(found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Here.Open.Manifests.Count(found);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Push_OfAnImageThatIsThere_IsAPushWithItsTime()
    {
        await Here.PushImageAsync("a", "v1");
        Here.Clock.Advance(TimeSpan.FromHours(1));
        await Here.PushImageAsync("a", "v1");
        var pushed = Here.Clock.GetUtcNow();
        Here.Clock.Advance(TimeSpan.FromHours(1));
        await Here.ChangeAsync("a", "v1", new(DeleteEnabled: false));

        Assert.Equal(2, await Here.QueryAsync<long>("SELECT pushes FROM registry"));
        foreach (var sql in new[] { "SELECT last_pushed_at FROM registry", "SELECT last_pushed_at FROM repository", "SELECT pushed_at FROM tag", "SELECT pushed_at FROM manifest" })
            await AssertTimeAsync(pushed, sql);
    }

    [Fact]
    public async Task ChangeAttributes_PushedBeforePushTimesWereKept_KeepsTheTimeOfThePush()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        var pushed = Here.Clock.GetUtcNow();
        await Here.ExecuteAsync("UPDATE tag SET pushed_at = NULL; UPDATE manifest SET pushed_at = NULL");
        Here.Clock.Advance(TimeSpan.FromHours(1));
        await Here.ChangeAsync("a", "v1", new(DeleteEnabled: false));
        await Here.ChangeAsync("a", digest.Value, new(DeleteEnabled: false));

        await AssertTimeAsync(pushed, "SELECT pushed_at FROM tag");
        await AssertTimeAsync(pushed, "SELECT pushed_at FROM manifest");
    }

    private Task WriteAsync() => Here.Open.Pulls.WriteAsync();

    private Task<long> TagAsync(string name) => Here.QueryAsync<long>("SELECT COALESCE(SUM(pulls), 0) FROM tag_pull WHERE name = @name", new { name });

    private Task<long> ManifestAsync(Digest digest) => Here.QueryAsync<long>("SELECT COALESCE(SUM(pulls), 0) FROM manifest_pull WHERE digest = @digest", new { digest });

    // The tests' clock goes on meanwhile.
    private async Task AssertTimeAsync(DateTimeOffset expected, string sql) =>
        Assert.Equal(expected, DateTimeOffset.FromUnixTimeMilliseconds(await Here.QueryAsync<long>(sql)), TimeSpan.FromMinutes(20));
}
