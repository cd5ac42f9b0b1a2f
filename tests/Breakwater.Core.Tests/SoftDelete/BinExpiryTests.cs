using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>When the recycle bin is emptied, and of what.</summary>
public sealed class BinExpiryTests : SoftDeleteTest
{
    [Fact]
    public async Task Run_AfterTheDays_NothingIsLeft()
    {
        await SetSoftDeleteAsync(days: 3);
        var image = await Here.PushImageAsync("a", "v1");
        var kept = await Here.PushImageAsync("b", "v1", seed: 2);
        await UntagAsync("v1", "b");
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        Here.Clock.Advance(Day * 3 - TimeSpan.FromMinutes(1));
        Assert.Empty(await ExpireAsync());
        Here.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([("a", null, image.Value), ("b", "v1", kept.Value)], (await ExpireAsync()).Select(item => (item.Repository, item.Tag, item.Digest)));
        Assert.Null(await RestoreAsync(image));
        Assert.Empty(await DeletedRepositoriesAsync());
        await Here.CleanUpAsync();
        Assert.Equal(2, Here.CountFiles());
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT COUNT(*) FROM deleted_repository"));
        await Here.AssertSoundAsync();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(90, false)]
    public async Task Run_DaysChangedMeanwhile_GoesByTheNewOnes(int days, bool goes)
    {
        await SetSoftDeleteAsync(days: 7);
        await DeleteAsync(await Here.PushImageAsync("a", "v1"));
        Here.Clock.Advance(Day * (goes ? 2 : 8));
        await SetSoftDeleteAsync(days: days);
        Assert.Equal(goes ? 1 : 0, (await ExpireAsync()).Count);
    }

    [Fact]
    public async Task Run_PolicyDisabled_WhatIsThereStaysItsTime()
    {
        await SetSoftDeleteAsync(days: 7);
        var image = await Here.PushImageAsync("a", "v1");
        await DeleteAsync(image);
        await SetSoftDeleteAsync(enabled: false);
        Here.Clock.Advance(Day * 6);
        Assert.Empty(await ExpireAsync());
        Assert.Equal([image.Value], await BinAsync());
        Here.Clock.Advance(Day * 2);
        Assert.Single(await ExpireAsync());
    }

    /// <summary>What is in two places loses one.</summary>
    [Fact]
    public async Task Run_BlobsThatOthersHave_Stay()
    {
        await SetSoftDeleteAsync(days: 1);
        var image = await Here.PushImageAsync("a", "v1");
        await Here.PushImageAsync("b", "v1");
        await DeleteAsync(image);
        Here.Clock.Advance(Day * 2);
        await ExpireAsync();
        await Here.CleanUpAsync();
        Assert.NotNull(await Here.PullAsync("b", DigestOf(Content(70_000, 1))));
        await Here.AssertSoundAsync();
    }
}
