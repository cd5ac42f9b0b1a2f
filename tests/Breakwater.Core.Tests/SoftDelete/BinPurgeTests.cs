using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Retention;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Tests.Access;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>The recycle bin is emptied before its time.</summary>
public sealed class BinPurgeTests : SoftDeleteTest
{
    private static readonly BinPurgeRequest All = new();

    [Fact]
    public async Task Run_Everything_LeavesNothingToRestore_AndFreesTheBytes()
    {
        await SetSoftDeleteAsync();
        var (image, kept) = (await Here.PushImageAsync("a", "v1"), await Here.PushImageAsync("b", "v1", seed: 2));
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await UntagAsync("v1", "b");
        var before = await SizeAsync();

        var count = await PurgeAsync(All with { DryRun = true });
        Assert.Equal((1, 1, 0, true), (count.Page.Manifests, count.Page.Tags, count.Page.FreedBytes, count.Page.IsComplete));
        Assert.Equal([image.Value], await BinAsync("a"));

        var (page, removed) = await PurgeAsync(All);
        Assert.Equal([("a", null, image.Value), ("b", "v1", kept.Value)], removed.Select(item => (item.Repository, item.Tag, item.Digest)));
        Assert.Equal((1, 1, before - await SizeAsync(), true), (page.Manifests, page.Tags, page.FreedBytes, page.IsComplete));
        Assert.True(page.FreedBytes > 0);
        Assert.Null(await RestoreAsync(image));
        Assert.Empty(await DeletedRepositoriesAsync());
        await Here.CleanUpAsync();
        Assert.Equal(2, Here.CountFiles());
        Assert.Empty((await PurgeAsync(All)).Removed);
    }

    [Fact]
    public async Task Run_OneRepository_LeavesTheOthers()
    {
        await SetSoftDeleteAsync();
        foreach (var name in new[] { "a", "a/b" })
            await DeleteAsync(await Here.PushImageAsync(name, "v1"), name);
        Assert.Equal(["a"], (await PurgeAsync(All with { Repository = RepositoryName.Parse("a") })).Removed.Select(item => item.Repository));
        Assert.Empty(await BinAsync("a"));
        Assert.Single(await BinAsync("a/b"));
    }

    [Fact]
    public async Task Run_AsOfAMoment_LeavesWhatWasDeletedSince()
    {
        await SetSoftDeleteAsync();
        var first = await Here.PushImageAsync("a", "v1");
        await DeleteAsync(first);
        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        var plan = await PurgeAsync(All with { DryRun = true });
        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        await DeleteAsync(await Here.PushImageAsync("a", "v2", seed: 2));

        var done = await PurgeAsync(All with { AsOf = plan.Page.AsOf });
        Assert.Equal([first.Value], done.Removed.Select(item => item.Digest));
        Assert.Single(await BinAsync("a"));
        await Assert.ThrowsAsync<InvalidValueException>(() => PurgeAsync(All with { AsOf = DateTimeOffset.MinValue }));
    }

    [Fact]
    public async Task Run_MoreThanAPage_GoesOnUntilItIsComplete()
    {
        await SetSoftDeleteAsync();
        for (var i = 1; i <= 150; i++)
            await DeleteAsync(await Here.PushImageAsync("a", null, seed: i));
        Assert.Equal((100, false), (await PurgeAsync(All, limit: 100)) is var first ? (first.Page.Manifests, first.Page.IsComplete) : default);
        Assert.Equal((50, true), (await PurgeAsync(All, limit: 100)) is var second ? (second.Page.Manifests, second.Page.IsComplete) : default);
    }

    [Fact]
    public async Task Run_WithoutTheRightOrBeyondARegistry_IsRefused()
    {
        await SetSoftDeleteAsync();
        await DeleteAsync(await Here.PushImageAsync("a", "v1"));
        var registry = Here.Open.Registries.First;
        Assert.Null(ManagementAccess.Decide(Callers.With(BuiltInRoles.AcrDelete), registry, ManagementActions.PurgeDeleted));
        Assert.Null(ManagementAccess.Decide(Callers.With(BuiltInRoles.Reader), registry, ManagementActions.PurgeDeleted));
        var other = ManagementAccess.Decide(Callers.With(BuiltInRoles.Reader), registry, ManagementActions.RegistriesRead)!;
        await Assert.ThrowsAsync<OciException>(() => PurgeAsync(All, access: other));
        Assert.Single(await BinAsync("a"));
    }

    private async Task<(BinPurgePage Page, List<PurgedItem> Removed)> PurgeAsync(BinPurgeRequest request, int limit = BinPurge.PageSize, ManagementAccess? access = null)
    {
        var removed = new List<PurgedItem>();
        access ??= ManagementAccess.Decide(Here.Caller, Here.Open.Registries.First, ManagementActions.PurgeDeleted)!;
        var purge = new BinPurge(Here.Open.Database, Here.Open.Keys, Here.Clock) { Limit = limit };
        var page = await purge.RunAsync(access, request, item => { removed.Add(item); return ValueTask.CompletedTask; }, Cancellation);
        await Here.AssertSoundAsync();
        return (page, removed);
    }
}
