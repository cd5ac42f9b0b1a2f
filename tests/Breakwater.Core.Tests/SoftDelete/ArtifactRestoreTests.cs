using Breakwater.Core.Access;
using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Tests.Access;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>What a restore brings back, and what refuses it.</summary>
public sealed class ArtifactRestoreTests : SoftDeleteTest
{
    [Fact]
    public async Task Restore_WithoutATag_BringsTheTagsThatWentWithIt()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "old");
        await Here.PutManifestAsync("a", (await FindAsync("old"))!, "v1");
        await UntagAsync("old");
        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        await DeleteAsync(image);
        Assert.Equal(["v1"], (await RestoreAsync(image))!.Tags.Select(tag => tag.Value));
        Assert.Equal([Named("old", image)], await BinTagsAsync());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Restore_TagMeansAnother_OnlyByForceAndThenThatIsInTheBin()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await DeleteAsync(image);
        var other = await Here.PushImageAsync("a", "v1", seed: 2);
        var before = await Here.DumpAsync();
        await AssertErrorAsync(RestoreErrors.TagInUse, () => RestoreAsync(image, "v1"));
        await AssertErrorAsync(RestoreErrors.TagInUse, () => RestoreAsync(image));
        Assert.Equal(before, await Here.DumpAsync());
        await RestoreAsync(image, "v1", force: true);
        Assert.Equal(image, DigestOf((await FindAsync("v1"))!));
        Assert.True(await IsThereAsync(other));
        Assert.Equal([Named("v1", other)], await BinTagsAsync());
        await Here.AssertSoundAsync();
    }

    /// <summary>ACR restores an index alone; here what it names comes back with it.</summary>
    [Fact]
    public async Task Restore_Index_BringsItsChildrenToo()
    {
        await SetSoftDeleteAsync();
        var children = new[] { await Here.PushImageAsync("a", null, seed: 1), await Here.PushImageAsync("a", "amd64", seed: 2), await Here.PushImageAsync("a", null, seed: 3) };
        var inner = await PutIndexAsync(null, children[0], children[1]);
        var index = await PutIndexAsync("v1", inner, children[2]);
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await Here.CleanUpAsync();
        var restored = await RestoreAsync(index);
        Assert.Equal(index, restored!.Manifests[0]);
        Assert.Equal(new[] { index, inner, children[0], children[1], children[2] }.ToHashSet(), restored.Manifests.ToHashSet());
        Assert.Equal(["v1"], await Here.TagsAsync("a"));
        Assert.Equal([Named("amd64", children[1])], await BinTagsAsync());
        Assert.Empty(await BinAsync());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Restore_Referrer_NeedsItsSubjectFirst()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        var signature = await ReferAsync(image, isSignature: true);
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await AssertErrorAsync(RestoreErrors.SubjectDeleted, () => RestoreAsync(signature));
        await AssertErrorAsync(OciErrors.NameUnknown, () => Here.Open.RepositoryProperties.FindAsync(Here.At("a")));
        await RestoreAsync(image);
        await RestoreAsync(signature);
        Assert.Equal([signature], (await Here.Open.Referrers.ListAsync(Here.At("a"), image, null, null, 10)).Select(referrer => referrer.Digest));
        await Here.AssertSoundAsync();
    }

    /// <summary>Whose subject is nowhere is as restorable as it was pushable.</summary>
    [Fact]
    public async Task Restore_ReferrerWhoseSubjectIsNowhere_ComesBack()
    {
        await SetSoftDeleteAsync();
        await Here.PushImageAsync("a", "v1");
        var referrer = await ReferAsync(DigestOf([1, 2, 3]));
        await DeleteAsync(referrer);
        Assert.NotNull(await RestoreAsync(referrer));
    }

    [Fact]
    public async Task Restore_LockedRepositoryTagOrManifest_IsRefused()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        await DeleteAsync(image);
        var other = await Here.PushImageAsync("a", "v1", seed: 2);
        var third = await Here.PushImageAsync("a", "v3", seed: 3);
        await UntagAsync("v3");
        await Here.ChangeAsync("a", third.Value, new ItemChange(WriteEnabled: false));
        await Here.ChangeAsync("a", "v1", new ItemChange(WriteEnabled: false));
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => RestoreAsync(image, "v1", force: true));
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => RestoreAsync(third, "v3"));
        await Here.ChangeAsync("a", null, new ItemChange(WriteEnabled: false));
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => RestoreAsync(image, "v2"));
        Assert.Equal([image.Value], await BinAsync());
        Assert.True(await IsThereAsync(other));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Restore_WriteOnceTag_MayComeBackAndMayNotBeMoved()
    {
        await SetSoftDeleteAsync();
        var (one, two) = (await Here.PushImageAsync("a", "v1"), await Here.PushImageAsync("a", "v2", seed: 2));
        await DeleteAsync(one);
        await DeleteAsync(two);
        await SetPoliciesAsync(Registry.Policies with { WriteOnce = [new WriteOnceRule("*", "v*")] });
        await RestoreAsync(one);
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => RestoreAsync(two, "v1", force: true));
        await RestoreAsync(two);
        Assert.Equal(["v1", "v2"], await Here.TagsAsync("a"));
    }

    [Fact]
    public async Task Restore_Signature_NeedsTheRightToSign()
    {
        await SetSoftDeleteAsync();
        var image = await Here.PushImageAsync("a", "v1");
        var signature = await ReferAsync(image, isSignature: true);
        await DeleteAsync(signature);
        await SetPoliciesAsync(Registry.Policies with { Signing = new SigningPolicy(true, false) });
        await Assert.ThrowsAsync<AccessDeniedException>(() => RestoreAsync(signature));
        var somebody = new Principal(Guid.NewGuid(), PrincipalKind.User, "somebody", 1);
        var signer = new Caller(somebody, new PrincipalRights(somebody.Id, [], new[] { BuiltInRoles.Contributor, BuiltInRoles.AcrImageSigner }.Select(role => new RoleAssignment(Guid.NewGuid(), somebody.Id, role, RoleScope.Installation))));
        Assert.NotNull(await Here.Open.Restore.RestoreAsync(Here.At("a", signer), signature, null, force: false));
    }

    [Fact]
    public async Task Restore_WithoutTheRight_IsRefusedByCoreToo()
    {
        var access = Here.At("a", Callers.With(BuiltInRoles.Reader), RepositoryActions.DeletedRead);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Here.Open.Restore.RestoreAsync(access, DigestOf([1]), null, false));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Here.Open.Deleted.ListManifestsAsync(Here.At("a", Callers.With(BuiltInRoles.AcrPull), RepositoryActions.Pull), null, 1));
    }

    /// <summary>A restored manifest without a tag begins to wait anew, if it ever had one.</summary>
    [Fact]
    public async Task Restore_WithRetention_BeginsToWaitAnew()
    {
        await SetSoftDeleteAsync(days: 30);
        await EnableAsync(days: 5);
        var (tagged, never) = (await Here.PushImageAsync("a", "v1"), await Here.PushImageAsync("a", null, seed: 2));
        await UntagAsync("v1");
        Here.Clock.Advance(Day * 6);
        Assert.Single(await RunRetentionAsync());
        await DeleteAsync(never);
        Here.Clock.Advance(Day * 2);
        await RestoreAsync(tagged);
        await RestoreAsync(never);
        Assert.Empty(await RunRetentionAsync());
        Here.Clock.Advance(Day * 6);
        Assert.Equal([tagged.Value], (await RunRetentionAsync()).Select(item => item.Digest));
        Assert.Equal([tagged.Value], await BinAsync());
    }

    [Fact]
    public async Task List_Pages_GoByNameAndThenByDeletion()
    {
        await SetSoftDeleteAsync();
        var digests = new List<Digest>();
        for (var seed = 1; seed <= 3; seed++)
        {
            digests.Add(await Here.PushImageAsync("a", "v1", seed));
            await Here.PutManifestAsync("a", (await FindAsync("v1"))!, "v2");
            await UntagAsync("v1");
        }
        var seen = new List<string>();
        for (var query = new DeletedTagQuery(null, null, 2); ;)
        {
            var page = await Here.Open.Deleted.ListTagsAsync(Here.At("a"), query);
            seen.AddRange(page.Items.Select(item => Named(item.Name, Digest.Parse(item.Digest))));
            if (!page.HasMore)
                break;
            query = query with { Last = page.Items[^1].Name, LastSequence = page.Items[^1].Sequence };
        }
        // The last is the one that was deleted last: az restores that.
        Assert.Equal(digests.Select(digest => Named("v1", digest)), seen);
        await AssertErrorAsync(OciErrors.NameUnknown, () => Here.Open.Deleted.ListManifestsAsync(Here.At("none"), null, 10));
        Assert.Empty((await Here.Open.Deleted.ListManifestsAsync(Here.At("a"), null, 10)).Items);
    }
}
