using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Identity;

public sealed class UsedTokensTests
{
    [Fact]
    public async Task TryUse_SameAgain_IsRefusedUntilItHasExpired()
    {
        await using var test = await TestDirectory.CreateAsync();
        var used = new UsedTokens(test.Database, test.Clock);
        var end = test.Clock.GetUtcNow() + TimeSpan.FromMinutes(5);

        Assert.True(await used.TryUseAsync("external", "https://a", "1", end));
        Assert.False(await used.TryUseAsync("external", "https://a", "1", end));
        Assert.True(await used.TryUseAsync("external", "https://b", "1", end));
        Assert.True(await used.TryUseAsync("external", "https://a\n1", "", end));
        Assert.True(await used.TryUseAsync("code", "https://a", "1", end));
    }

    [Fact]
    public async Task TryUse_AtOnce_IsGrantedToOne()
    {
        await using var test = await TestDirectory.CreateAsync();
        var used = new UsedTokens(test.Database, test.Clock);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => used.TryUseAsync("code", "", "x", test.Clock.GetUtcNow() + TimeSpan.FromMinutes(5))));

        Assert.Single(answers, granted => granted);
    }
}
