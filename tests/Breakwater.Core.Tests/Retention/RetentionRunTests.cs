using Breakwater.Core.Policies;
using Breakwater.Core.Retention;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Retention;

/// <summary>What the retention policy removes, and what it must leave.</summary>
public sealed class RetentionRunTests : RetentionTest
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Every path that takes the last tag away.</summary>
    [Theory]
    [InlineData("untag")]
    [InlineData("move by push")]
    [InlineData("move by another tag")]
    public async Task Run_LastTagTakenAway_RemovesAfterTheDaysAndNotBefore(string path)
    {
        await EnableAsync(days: 7);
        var image = await Here.PushImageAsync("a", "v1");
        Here.Clock.Advance(Day * 30);
        var other = await Here.PushImageAsync("a", path == "move by push" ? "v1" : "v2", seed: 2);
        if (path == "untag")
            await UntagAsync("v1");
        if (path == "move by another tag")
            await Here.Open.Manifests.PutAsync(Here.At("a"), ManifestReference.Parse("v2"), [TagName.Parse("v1")], (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("v2")))!.Body, null);

        Here.Clock.Advance(Day * 7 - TimeSpan.FromMinutes(1));
        Assert.Empty(await RunRetentionAsync());
        Here.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal([new PurgedItem("a", null, image.Value)], await RunRetentionAsync());
        Assert.False(await IsThereAsync(image));
        Assert.True(await IsThereAsync(other));
        Assert.Null(await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse(image.Value)));
        await Here.CleanUpAsync();
        Assert.Equal(2, Here.CountFiles());
    }

    /// <summary>Docker's media types and OCI's alike.</summary>
    [Theory]
    [InlineData(MediaTypes.OciManifest, MediaTypes.OciIndex)]
    [InlineData(MediaTypes.DockerManifest, MediaTypes.DockerManifestList)]
    public async Task Run_EitherFormat_IsRemoved(string manifestType, string indexType)
    {
        await EnableAsync(days: 1);
        var body = System.Text.Encoding.UTF8.GetString(ManifestOf([await Here.PushAsync("a", Content(10))])).Replace(MediaTypes.OciManifest, manifestType, StringComparison.Ordinal);
        await Here.PutManifestAsync("a", System.Text.Encoding.UTF8.GetBytes(body), "image");
        await Here.PutManifestAsync("a", IndexOf([], mediaType: indexType), "index");
        await UntagAsync("image");
        await UntagAsync("index");
        Here.Clock.Advance(Day + TimeSpan.FromMinutes(1));

        Assert.Equal(2, (await RunRetentionAsync()).Count);
    }

    [Fact]
    public async Task Run_NeverTagged_OrTaggedAgain_OrStillTagged_Stays()
    {
        await EnableAsync(days: 0);
        var (never, again, still) = (await Here.PushImageAsync("a", null, seed: 1), await Here.PushImageAsync("a", "again", seed: 2), await Here.PushImageAsync("a", "one", seed: 3));
        var body = (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("again")))!.Body.ToArray();
        var image = (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("one")))!.Body.ToArray();
        await Here.PutManifestAsync("a", image, "two");
        await UntagAsync("again");
        await Here.PutManifestAsync("a", body, "back");
        await UntagAsync("one");
        Here.Clock.Advance(Day * 400);

        Assert.Empty(await RunRetentionAsync());
        foreach (var digest in new[] { never, again, still })
            Assert.True(await IsThereAsync(digest));
    }

    [Fact]
    public async Task Run_UntaggedBeforeThePolicyWasEnabled_Stays()
    {
        var before = await Here.PushImageAsync("a", "v1");
        await UntagAsync("v1");
        Here.Clock.Advance(Day);
        await EnableAsync(days: 1);
        var after = await Here.PushImageAsync("a", "v2", seed: 2);
        await UntagAsync("v2");
        Here.Clock.Advance(Day * 30);

        Assert.Equal(after.Value, Assert.Single(await RunRetentionAsync()).Digest);
        Assert.True(await IsThereAsync(before));
    }

    [Fact]
    public async Task Run_Disabled_RemovesNothing_AndEnabledAgainBeginsAnew()
    {
        await EnableAsync(days: 1);
        var image = await Here.PushImageAsync("a", "v1");
        await UntagAsync("v1");
        await SetPoliciesAsync(Registry.Policies with { Retention = new RetentionChange(Enabled: false).Apply(Registry.Policies.Retention, Here.Clock.GetUtcNow()) });
        Here.Clock.Advance(Day * 10);
        Assert.Empty(await RunRetentionAsync());
        await EnableAsync(days: 1);
        Here.Clock.Advance(Day * 10);
        Assert.Empty(await RunRetentionAsync());
        Assert.True(await IsThereAsync(image));
    }

    [Fact]
    public async Task Run_AnotherNumberOfDays_CountsForWhatIsUntaggedAlready()
    {
        await EnableAsync(days: 30);
        await Here.PushImageAsync("a", "v1");
        await UntagAsync("v1");
        Here.Clock.Advance(Day * 3);
        Assert.Empty(await RunRetentionAsync());
        await EnableAsync(days: 2);
        Assert.Single(await RunRetentionAsync());
    }

    [Theory]
    [InlineData("manifest", true)]
    [InlineData("manifest", false)]
    [InlineData("repository", true)]
    [InlineData("repository", false)]
    public async Task Run_Locked_Stays_UntilItIsNot(string what, bool delete)
    {
        await EnableAsync(days: 0);
        var image = await Here.PushImageAsync("a", "v1");
        await UntagAsync("v1");
        var item = what == "manifest" ? image.Value : null;
        await Here.ChangeAsync("a", item, new(DeleteEnabled: delete ? false : null, WriteEnabled: delete ? null : false));
        Here.Clock.Advance(Day);
        Assert.Empty(await RunRetentionAsync());
        await Here.ChangeAsync("a", item, new(DeleteEnabled: true, WriteEnabled: true));
        Assert.Single(await RunRetentionAsync());
    }

    /// <summary>A child was tagged by itself once; then it goes some days after the index that held it.</summary>
    [Fact]
    public async Task Run_ChildOfAnIndex_StaysWhileTheIndexDoesAndFollowsLater()
    {
        await EnableAsync(days: 1);
        var tagged = await Here.PushImageAsync("a", "arm", seed: 1);
        var bare = await Here.PushImageAsync("a", null, seed: 2);
        var index = await PutIndexAsync("v1", tagged, bare);
        await UntagAsync("arm");
        Here.Clock.Advance(Day * 9);
        Assert.Empty(await RunRetentionAsync());

        await UntagAsync("v1");
        Here.Clock.Advance(Day + TimeSpan.FromMinutes(1));
        Assert.Equal(index.Value, Assert.Single(await RunRetentionAsync()).Digest);
        Assert.Empty(await RunRetentionAsync());
        Here.Clock.Advance(Day + TimeSpan.FromMinutes(1));
        Assert.Equal(new[] { tagged.Value, bare.Value }.Order(StringComparer.Ordinal), (await RunRetentionAsync()).Select(item => item.Digest).Order(StringComparer.Ordinal));
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
    }

    [Fact]
    public async Task Run_SubjectAndReferrer_HoldEachOther()
    {
        await EnableAsync(days: 1);
        var image = await Here.PushImageAsync("a", "v1");
        var signature = await ReferAsync(image, "signed", isSignature: true);
        await UntagAsync("v1");
        await UntagAsync("signed");
        Here.Clock.Advance(Day * 9);
        Assert.Empty(await RunRetentionAsync());

        // With its subject gone, the signature is of nothing: it goes some days later, whoever may sign.
        await SetPoliciesAsync(Registry.Policies with { Signing = new SigningPolicy(true, true) });
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), image);
        Assert.Empty(await RunRetentionAsync());
        Here.Clock.Advance(Day + TimeSpan.FromMinutes(1));
        Assert.Equal(signature.Value, Assert.Single(await RunRetentionAsync()).Digest);
    }

    [Fact]
    public async Task Run_PushedAgainByDigest_BeginsAnew()
    {
        await EnableAsync(days: 7);
        await Here.PushImageAsync("a", "v1");
        var body = (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("v1")))!.Body.ToArray();
        await UntagAsync("v1");
        Here.Clock.Advance(Day * 6);
        await Here.PutManifestAsync("a", body);
        Here.Clock.Advance(Day * 6);
        Assert.Empty(await RunRetentionAsync());
        Here.Clock.Advance(Day * 2);
        Assert.Single(await RunRetentionAsync());
    }

    [Fact]
    public async Task Run_MoreThanABatch_RemovesAll()
    {
        await EnableAsync(days: 0);
        var config = await Here.PushAsync("a", Content(10));
        for (var i = 0; i < 250; i++)
        {
            await Here.PutManifestAsync("a", ManifestOf([config], $",\"annotations\":{{\"n\":\"{i}\"}}"), "v1");
        }
        Here.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(249, (await RunRetentionAsync()).Count);
        Assert.Empty(await RunRetentionAsync());
    }

    [Fact]
    public async Task Verification_TimeOfATaggedManifest_IsFound()
    {
        await Here.PushImageAsync("a", "v1");
        await Here.ExecuteAsync("UPDATE manifest SET untagged_at = 1");
        Assert.Contains((await Here.Open.Verification.RunAsync(deep: false, Cancellation)).Findings, finding => finding.Invariant == "untagged");
    }

    [Fact]
    public async Task Policy_Stored_IsReadAgain()
    {
        await EnableAsync(days: 12);
        var stored = Registry.Policies.Retention;
        await Here.ReopenAsync();
        Assert.Equal(12, Registry.Policies.Retention.Days);
        Assert.Equal(stored.Since!.Value.ToUnixTimeMilliseconds(), Registry.Policies.Retention.Since!.Value.ToUnixTimeMilliseconds());
        Assert.NotNull(Registry.Policies.Retention.UpdatedAt);
    }
}
