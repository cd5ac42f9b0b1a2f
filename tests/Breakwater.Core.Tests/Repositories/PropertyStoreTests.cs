using Breakwater.Core.Access;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Repositories;

public sealed class PropertyStoreTests : InstallationTest
{
    private async Task<List<string>> WalkTagsAsync(ItemOrder order, int limit)
    {
        var found = new List<string>();
        for (ItemQuery? query = new(order, null, null, limit); query is not null;)
        {
            var page = await Here.Open.TagProperties.ListAsync(Here.At("a"), query, digest: null);
            found.AddRange(page.Items.Select(tag => tag.Name));
            query = page.HasMore ? query with { Last = page.Items[^1].Name, LastAt = page.Items[^1].UpdatedAt } : null;
        }
        return found;
    }

    private async Task<List<string>> WalkManifestsAsync(ItemOrder order, int limit)
    {
        var found = new List<string>();
        for (ItemQuery? query = new(order, null, null, limit); query is not null;)
        {
            var page = await Here.Open.ManifestProperties.ListAsync(Here.At("a"), query);
            found.AddRange(page.Items.Select(manifest => manifest.Digest));
            query = page.HasMore ? query with { Last = page.Items[^1].Digest, LastAt = page.Items[^1].UpdatedAt } : null;
        }
        return found;
    }

    /// <summary>Some have the same time: their names decide.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task List_AnyOrderAndPage_IsCompleteAndOrdered(int limit)
    {
        var manifests = new List<string>();
        foreach (var (tag, at) in new[] { ("c", 1), ("d", 1), ("b", 2), ("e", 3), ("a", 3) })
        {
            var digest = (await Here.PushImageAsync("a", tag, seed: tag[0])).Value;
            await Here.ExecuteAsync("UPDATE tag SET updated_at = @at WHERE name = @tag; UPDATE manifest SET updated_at = @at WHERE digest = @digest", new { at, tag, digest });
            manifests.Add(digest);
        }
        Assert.Equal(["a", "b", "c", "d", "e"], await WalkTagsAsync(ItemOrder.Name, limit));
        Assert.Equal(["c", "d", "b", "a", "e"], await WalkTagsAsync(ItemOrder.TimeAscending, limit));
        Assert.Equal(["e", "a", "b", "d", "c"], await WalkTagsAsync(ItemOrder.TimeDescending, limit));
        Assert.Equal(manifests.Order(StringComparer.Ordinal), await WalkManifestsAsync(ItemOrder.Name, limit));
        string[] byTime = [.. Sorted(manifests[..2]), manifests[2], .. Sorted(manifests[3..])];
        Assert.Equal(byTime, await WalkManifestsAsync(ItemOrder.TimeAscending, limit));
        Assert.Equal(byTime.Reverse(), await WalkManifestsAsync(ItemOrder.TimeDescending, limit));

        static IEnumerable<string> Sorted(IEnumerable<string> digests) => digests.Order(StringComparer.Ordinal);
    }

    /// <summary>The item that the page before ended with changed, or went, before the next one was asked for.</summary>
    [Fact]
    public async Task List_LastItemChangedMeanwhile_GoesOnWhereItStood()
    {
        foreach (var tag in new[] { "a", "b", "c" })
        {
            await Here.PushImageAsync("a", tag, seed: tag[0]);
            Here.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var last = (await Here.Open.TagProperties.ListAsync(Here.At("a"), new(ItemOrder.TimeDescending, null, null, 1), null)).Items[0];
        await Here.Open.Tags.DeleteAsync(Here.At("a"), TagName.Parse("c"));
        var next = await Here.Open.TagProperties.ListAsync(Here.At("a"), new(ItemOrder.TimeDescending, last.Name, last.UpdatedAt, 10), null);
        Assert.Equal(["b", "a"], next.Items.Select(tag => tag.Name));
        await AssertErrorAsync(OciErrors.BadRequest, () => Here.Open.TagProperties.ListAsync(Here.At("a"), new(ItemOrder.TimeDescending, "c", null, 10), null));
    }

    [Fact]
    public async Task Find_Times_FollowWhatHappens()
    {
        var start = Here.Clock.GetUtcNow();
        var image = await Here.PushImageAsync("a", "v1");
        var body = (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("v1")))!.Body.ToArray();
        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        await Here.PutManifestAsync("a", body, "v2");
        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        await Here.ChangeAsync("a", "v1", new(ReadEnabled: false));
        var (one, two) = (await FindTagAsync("v1"), await FindTagAsync("v2"));
        var manifest = (await Here.Open.ManifestProperties.FindAsync(Here.At("a"), image))!;
        var repository = await Here.Open.RepositoryProperties.FindAsync(Here.At("a"));
        Assert.Equal((0, 2), Minutes(one.CreatedAt, one.UpdatedAt));
        Assert.Equal((1, 1), Minutes(two.CreatedAt, two.UpdatedAt));
        Assert.Equal((0, 1), Minutes(manifest.CreatedAt, manifest.UpdatedAt));
        Assert.Equal((0, 1), Minutes(repository.CreatedAt, repository.UpdatedAt));
        Assert.Equal(["v1", "v2"], manifest.Tags);
        await Here.ChangeAsync("a", "v1", new());
        Assert.Equal((0, 2), Minutes(one.CreatedAt, (await FindTagAsync("v1")).UpdatedAt));

        (int, int) Minutes(DateTimeOffset created, DateTimeOffset updated) =>
            ((int)Math.Round((created - start).TotalMinutes), (int)Math.Round((updated - start).TotalMinutes));

        async Task<Core.Tags.TagProperties> FindTagAsync(string tag) => (await Here.Open.TagProperties.FindAsync(Here.At("a"), TagName.Parse(tag)))!;
    }

    [Fact]
    public async Task Operations_WithoutTheRight_AreDenied()
    {
        await Here.PushImageAsync("a", "v1");
        var image = DigestOf([1]);
        // A proof of everything but the one action.
        var reader = Without(RepositoryActions.MetadataRead);
        var writer = Without(RepositoryActions.MetadataWrite);
        var deleter = Without(RepositoryActions.Delete);
        Caller Without(RepositoryActions action) => new(Here.Caller.Principal, Here.Caller.Rights, new TokenLimit(RegistryActions.All, [new TokenGrant(RepositoryName.Parse("a"), RepositoryActions.All & ~action)]));
        RepositoryAccess At(Caller caller) => Here.At("a", caller, RepositoryActions.Pull);
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.RepositoryProperties.FindAsync(At(reader)));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.TagProperties.FindAsync(At(reader), TagName.Parse("v1")));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.TagProperties.ListAsync(At(reader), new(ItemOrder.Name, null, null, 1), null));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.ManifestProperties.FindAsync(At(reader), image));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.ManifestProperties.ListAsync(At(reader), new(ItemOrder.Name, null, null, 1)));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.RepositoryProperties.UpdateAsync(At(writer), new()));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.TagProperties.UpdateAsync(At(writer), TagName.Parse("v1"), new()));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.ManifestProperties.UpdateAsync(At(writer), image, new()));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.Repositories.DeleteAsync(At(deleter)));
    }
}
