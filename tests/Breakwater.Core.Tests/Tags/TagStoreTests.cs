using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Tags;

public sealed class TagStoreTests : InstallationTest
{
    private Task<IReadOnlyList<string>> ListAsync(string? last = null, int limit = 100, string repository = "a") => Here.TagsAsync(repository, last, limit);

    private Task<IReadOnlyList<string>> ListAllAsync() => ListAsync(limit: int.MaxValue);

    [Fact]
    public async Task List_Pages_AreInByteOrderAndComplete()
    {
        var body = ManifestOf([await Here.PushAsync("a", Content(10))]);
        string[] tags = ["v1", "V1", "v10", "_x", "1.0", "latest", "v1-a", "v1.a"];
        foreach (var tag in tags)
            await Here.PutManifestAsync("a", body, tag);
        var expected = tags.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, await ListAsync());
        var paged = new List<string>();
        while (await ListAsync(paged.LastOrDefault(), 3) is { Count: > 0 } page)
            paged.AddRange(page);
        Assert.Equal(expected, paged);
        Assert.Empty(await ListAsync(last: null, limit: 0));
        Assert.Equal(["v10"], await ListAsync("v1.z"));
    }

    [Fact]
    public async Task List_UnknownRepository_IsNameUnknown()
    {
        await AssertErrorAsync(OciErrors.NameUnknown, () => ListAsync());
        await AssertErrorAsync(OciErrors.NameUnknown, ListAllAsync);
    }

    [Fact]
    public async Task ListAll_TagsComeAndGo_IsAlwaysCurrent()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        Assert.Equal(["v1"], await ListAllAsync());
        await Here.PushImageAsync("a", "v2");
        Assert.Equal(["v1", "v2"], await ListAllAsync());
        await Here.Open.Tags.DeleteAsync(Here.At("a"), TagName.Parse("v2"));
        Assert.Equal(["v1"], await ListAllAsync());
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), digest);
        Assert.Empty(await ListAllAsync());
    }

    [Fact]
    public async Task Put_TagInUse_Moves()
    {
        var one = await Here.PushImageAsync("a", "v1", seed: 1);
        var two = await Here.PushImageAsync("a", "v1", seed: 2);
        Assert.NotEqual(one, two);
        Assert.Equal(two, (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("v1")))!.Digest);
        Assert.NotNull(await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse(one.Value)));
        Assert.Equal(["v1"], await ListAsync());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Delete_Tag_LeavesTheManifest()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        Assert.Equal(digest, await Here.Open.Tags.DeleteAsync(Here.At("a"), TagName.Parse("v1")));
        Assert.Null(await Here.Open.Tags.DeleteAsync(Here.At("a"), TagName.Parse("v1")));
        Assert.Null(await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("v1")));
        Assert.NotNull(await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse(digest.Value)));
    }
}
