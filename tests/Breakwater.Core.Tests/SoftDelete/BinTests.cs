using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Core.Retention;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>Every door by which something is deleted leads into the recycle bin, and what is there is nowhere else.</summary>
public sealed class BinTests : SoftDeleteTest
{
    [Theory]
    [InlineData("manifest")]
    [InlineData("repository")]
    [InlineData("retention")]
    [InlineData("purge")]
    public async Task Delete_ByAnyDoor_IsGoneFromEverywhereAndComesBackWhole(string door)
    {
        await SetSoftDeleteAsync();
        await EnableAsync(days: 1);
        var image = await Here.PushImageAsync("a", "v1");
        await Here.PutManifestAsync("a", (await FindAsync("v1"))!, "v2");
        var (body, before) = ((await FindAsync("v1"))!, await SizeAsync());
        switch (door)
        {
            case "manifest":
                Assert.True(await DeleteAsync(image));
                break;
            case "repository":
                var deleted = await Here.Open.Repositories.DeleteAsync(Here.At("a"));
                Assert.Equal((1, 2), (deleted.Manifests.Count, deleted.Tags.Count));
                break;
            case "retention":
                await UntagAsync("v1");
                await UntagAsync("v2");
                Here.Clock.Advance(Day + TimeSpan.FromMinutes(1));
                Assert.Single(await RunRetentionAsync());
                break;
            default:
                var request = new PurgeRequest { Filters = [PurgeFilter.Parse(".*:.*")], Untagged = true };
                await Here.Open.Purge.RunAsync(Managing, request, null, _ => ValueTask.CompletedTask, Cancellation);
                break;
        }
        Assert.Null(await FindAsync(image.Value));
        Assert.Null(await FindAsync("v1"));
        Assert.Empty(await Here.CatalogAsync());
        Assert.Equal([image.Value], await BinAsync());
        Assert.Equal([Named("v1", image), Named("v2", image)], await BinTagsAsync());
        Assert.Equal(["a"], await DeletedRepositoriesAsync());
        await Here.CleanUpAsync();
        Assert.Equal(2, Here.CountFiles());
        Assert.Equal(before, await SizeAsync());
        await Here.AssertSoundAsync();

        // What lost its tags one by one has them still to be restored, one by one.
        foreach (var tag in new[] { "v1", "v2" })
            Assert.Equal([tag], (await RestoreAsync(image, tag))!.Tags.Select(set => set.Value));

        Assert.Equal(body, await FindAsync("v1"));
        Assert.Equal(["v1", "v2"], await Here.TagsAsync("a"));
        Assert.Equal(["a"], await Here.CatalogAsync());
        foreach (var blob in ManifestParser.Parse(body, null).Edges)
            Assert.NotNull(await Here.PullAsync("a", blob.Target));
        Assert.Empty(await BinAsync());
        Assert.Empty(await BinTagsAsync());
        Assert.Empty(await DeletedRepositoriesAsync());
        Assert.Equal(before, await SizeAsync());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Delete_PolicyDisabled_IsFinalAndTakesDeletedTagsAlong()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await UntagAsync("v1");
        Assert.Equal([Named("v1", image)], await BinTagsAsync());
        await SetSoftDeleteAsync(enabled: false);
        await DeleteAsync(image);
        Assert.Empty(await BinAsync());
        Assert.Empty(await BinTagsAsync());
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    /// <summary>What stands in no list while it is there stands in none of the bin's, and can be restored by who knows it.</summary>
    [Theory]
    [InlineData("repository")]
    [InlineData("manifest")]
    public async Task Delete_WhatMayNotBeListed_IsInNoList(string what)
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await Here.ChangeAsync("a", what == "repository" ? null : image.Value, new ItemChange(ListEnabled: false));
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        Assert.Equal(what == "repository" ? [] : ["a"], await DeletedRepositoriesAsync());
        Assert.Equal(what == "manifest" ? [] : [image.Value], await BinAsync());
        await RestoreAsync(image);
        Assert.Equal(what == "repository" ? [] : ["a"], await Here.CatalogAsync());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Untag_ManifestStays_TagCanBeRestoredToIt()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await Here.ChangeAsync("a", "v1", new ItemChange(ReadEnabled: false));
        await UntagAsync("v1");
        Assert.Empty(await BinAsync());
        Assert.Empty(await DeletedRepositoriesAsync());
        var restored = await RestoreAsync(image, "v1");
        Assert.Empty(restored!.Manifests);
        // With what was set of it.
        await AssertErrorAsync(OciErrors.OperationDisallowed, async () => await FindAsync("v1"));
        Assert.Null(await RestoreAsync(image, "v1"));
        Assert.Null(await RestoreAsync(image, "never"));
        Assert.Null(await RestoreAsync(image));
        await Here.AssertSoundAsync();
    }

    /// <summary>The digest in the bin is pushed anew: it is back, with what was set of it, and its other tags can be restored still.</summary>
    [Fact]
    public async Task Push_DigestInTheBin_IsBackWithItsAttributesAndItsTagHistory()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await Here.PutManifestAsync("a", (await FindAsync("v1"))!, "v2");
        await Here.ChangeAsync("a", image.Value, new ItemChange(ListEnabled: false));
        var size = await SizeAsync();
        await DeleteAsync(image);
        await Here.PushImageAsync("a", "v1");
        Assert.Empty(await BinAsync());
        Assert.Equal([Named("v2", image)], await BinTagsAsync());
        Assert.Equal(size, await SizeAsync());
        Assert.True((await Here.Open.ManifestProperties.FindAsync(Here.At("a"), image))!.Locks.HasFlag(ItemLocks.List));
        Assert.Equal(["v2"], (await RestoreAsync(image, "v2"))!.Tags.Select(tag => tag.Value));
        await Here.CleanUpAsync();
        Assert.NotNull(await FindAsync("v2"));
        await Here.AssertSoundAsync();
    }

    /// <summary>A blob that the manifest can be without, pushed once, is neither lost by a push of the manifest nor given to who has no right to restore.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_DigestWithABlobThatOnlyTheBinHas_NeitherLosesNorGivesIt(bool mayRestore)
    {
        await SetSoftDeleteAsync();
        var (config, foreign) = (await Here.PushAsync("a", Content(20, 1)), await Here.PushAsync("a", Content(30, 2)));
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.DockerManifest}}","config":{{Descriptor(MediaTypes.DockerConfig, config)}},"layers":[{{Descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", foreign)}}]}""");
        var image = await Here.PutManifestAsync("a", body, "v1");
        await DeleteAsync(image);
        await Here.CleanUpAsync();
        Assert.Null(await Here.PullAsync("a", foreign));
        await Here.PushAsync("a", Content(20, 1));

        var caller = mayRestore ? Here.Caller : Tests.Access.Callers.With(Breakwater.Core.Access.BuiltInRoles.AcrPush);
        var push = () => Here.Open.Manifests.PutAsync(Here.At("a", caller, Breakwater.Core.Access.RepositoryActions.Push), ManifestReference.Parse("v1"), [], body, null);
        if (mayRestore)
            await push();
        else
            await AssertErrorAsync(OciErrors.ManifestBlobUnknown, push);

        Assert.Equal(mayRestore, await Here.PullAsync("a", foreign) is not null);
        Assert.Equal(mayRestore ? 0 : 1, (await BinAsync()).Count);
        await RestoreAsync(image, "v1");
        Assert.NotNull(await Here.PullAsync("a", foreign));
        await Here.AssertSoundAsync();
    }

    /// <summary>What is pushed under the name of a deleted repository is another repository with its attributes.</summary>
    [Fact]
    public async Task Push_ToADeletedRepository_HasItsAttributesAndFindsItsBin()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await Here.ChangeAsync("a", null, new ItemChange(ReadEnabled: false));
        var id = await Here.QueryAsync<string>("SELECT id FROM repository");
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await AssertErrorAsync(OciErrors.NameUnknown, () => Here.Open.RepositoryProperties.FindAsync(Here.At("a")));
        var other = await Here.PushImageAsync("a", "v1", seed: 2);
        Assert.NotEqual(id, await Here.QueryAsync<string>("SELECT id FROM repository"));
        await AssertErrorAsync(OciErrors.OperationDisallowed, async () => await FindAsync("v1"));
        Assert.Equal([image.Value], await BinAsync());
        await AssertErrorAsync(Core.SoftDelete.RestoreErrors.TagInUse, () => RestoreAsync(image));
        await RestoreAsync(image, "old");
        await Here.ChangeAsync("a", null, new ItemChange(ReadEnabled: true));
        Assert.NotEqual(await FindAsync("old"), await FindAsync("v1"));
        Assert.True(await IsThereAsync(other));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Erase_RegistryWithABin_LeavesNothingOfIt()
    {
        await using var fleet = await Registries.RegistryFleet.StartAsync();
        var here = fleet.Installation;
        var registry = await fleet.CreateAsync("fleet", wanted: new Breakwater.Core.Registries.RegistryChange(Policies: new PolicyChange(SoftDelete: new SoftDeleteChange(Enabled: true))));
        foreach (var repository in new[] { "x", "y" })
        {
            var access = fleet.At(registry, repository);
            var upload = await here.Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256);
            var content = Content(100);
            await here.Open.Uploads.CommitAsync(access, upload.Id, DigestOf(content), null, Body(content), Cancellation);
            await here.Open.Manifests.PutAsync(access, ManifestReference.Parse("v1"), [], ManifestOf([DigestOf(content)]), null);
        }
        await here.Open.Repositories.DeleteAsync(fleet.At(registry, "x"));
        await here.Open.Tags.DeleteAsync(fleet.At(registry, "y"), TagName.Parse("v1"));
        await fleet.DeleteAsync(registry);
        here.Clock.Advance(Day * 100);
        // The bin of a deleted registry waits with it.
        Assert.Equal(0, await here.Open.BinExpiry.RunAsync((_, _) => ValueTask.CompletedTask, Cancellation));
        foreach (var due in await here.Open.Erasure.FindDueAsync(here.Clock.GetUtcNow()))
            await here.Open.Erasure.EraseAsync(due.Id, here.Clock.GetUtcNow(), Cancellation);
        foreach (var table in new[] { "deleted_manifest", "deleted_manifest_edge", "deleted_tag", "deleted_repository", "object" })
            Assert.Equal(0, await here.QueryAsync<long>($"SELECT COUNT(*) FROM {table}"));
        await here.CleanUpFilesAsync();
        Assert.Equal(0, here.CountFiles());
        await here.AssertSoundAsync();
    }

    /// <summary>A damaged blob that the bin keeps is replaced by the next push of it.</summary>
    [Fact]
    public async Task Push_BlobThatIsDamagedInTheBin_ReplacesIt()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await DeleteAsync(image);
        await Here.CleanUpAsync();
        await Here.ExecuteAsync("INSERT INTO damaged_object (object_id, found_at) SELECT id, 0 FROM object");
        await Here.PushAsync("b", Content(50, 1));
        await Here.PushAsync("b", Content(70_000, 1));
        await RestoreAsync(image);
        await Here.CleanUpAsync();
        Assert.NotNull(await Here.PullAsync("a", DigestOf(Content(70_000, 1))));
        await Here.AssertSoundAsync();
    }
}
