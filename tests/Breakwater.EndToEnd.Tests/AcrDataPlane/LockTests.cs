using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.AcrDataPlane;

/// <summary>Locks as a client of the distribution protocol meets them.</summary>
public sealed class LockTests(RunningRegistry registry) : AcrTest(registry)
{
    [Fact]
    public async Task Push_TagWriteLocked_IsRefusedUntilUnlocked()
    {
        var image = await PushImageAsync("v1");
        var other = await PushImageAsync("v2");
        await SetAsync(TagAt("v1"), "writeEnabled", false);
        var refused = await ExpectAsync(405, Client.PutManifestAsync(Repository, "v1", other), "overwrite");
        Assert.Contains("The operation is disallowed on this registry, repository or image.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("The tag v1 is locked: its writeEnabled is false.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(["GET", "HEAD"], refused.ContentHeaders.Allow);
        Assert.Equal(image.Digest, (await Client.HeadManifestAsync(Repository, "v1")).Digest);
        await SetAsync(TagAt("v1"), "writeEnabled", true);
        await ExpectAsync(201, Client.PutManifestAsync(Repository, "v1", other), "overwrite");
    }

    [Fact]
    public async Task Push_RepositoryWriteLocked_IsRefusedOnEveryWay()
    {
        var image = await PushImageAsync("v1");
        var elsewhere = await PushImageAsync("v1", OtherRepository);
        await SetAsync(At, "writeEnabled", false);
        await AssertDisallowedAsync(Client.StartUploadAsync(Repository), "upload");
        await AssertDisallowedAsync(Client.PostBlobAsync(Repository, Content.Blob(100)), "single POST");
        await AssertDisallowedAsync(Client.MountAsync(Repository, elsewhere.Blobs[0].Digest, OtherRepository), "mount");
        await AssertDisallowedAsync(Client.PutManifestAsync(Repository, "v2", image), "manifest");
        await AssertDisallowedAsync(Client.SendAsync(HttpMethod.Put, $"/v2/{Repository}/manifests/{image.Digest}?tag=v3", image.Body, image.MediaType), "tags by query");
        Assert.Equal(["v1"], await Client.TagsAsync(Repository));
        await ExpectAsync(200, Client.GetManifestAsync(Repository, "v1"), "pull");
    }

    [Fact]
    public async Task Delete_DeleteLocked_IsRefusedByBothInterfaces()
    {
        var image = await PushImageAsync("v1");
        await SetAsync(TagAt("v1"), "deleteEnabled", false);
        await AssertDisallowedAsync(Client.DeleteManifestAsync(Repository, "v1"), "untag by /v2");
        await AssertDisallowedAsync(Client.DeleteAsync(TagAt("v1")), "untag by /acr/v1");
        await AssertDisallowedAsync(Client.DeleteManifestAsync(Repository, image.Digest), "manifest");
        await SetAsync(TagAt("v1"), "deleteEnabled", true);
        await SetAsync(ManifestAt(image.Digest), "deleteEnabled", false);
        await AssertDisallowedAsync(Client.DeleteManifestAsync(Repository, image.Digest), "manifest");
        await SetAsync(ManifestAt(image.Digest), "deleteEnabled", true);
        await ExpectAsync(202, Client.DeleteManifestAsync(Repository, image.Digest), "manifest");
    }

    [Fact]
    public async Task Pull_ReadLocked_IsRefusedAtOnceAndServedAtOnceAfterwards()
    {
        var image = await PushImageAsync("v1");
        await ExpectAsync(200, Client.GetManifestAsync(Repository, "v1"), "before");
        await SetAsync(TagAt("v1"), "readEnabled", false);
        await AssertDisallowedAsync(Client.GetManifestAsync(Repository, "v1"), "by tag");
        await AssertDisallowedAsync(Client.HeadManifestAsync(Repository, "v1"), "HEAD");
        await ExpectAsync(200, Client.GetManifestAsync(Repository, image.Digest), "by digest");
        await SetAsync(ManifestAt(image.Digest), "readEnabled", false);
        await AssertDisallowedAsync(Client.GetManifestAsync(Repository, image.Digest), "by digest");
        await ExpectAsync(200, Client.GetBlobAsync(Repository, image.Blobs[0].Digest), "blob");
        await SetAsync(At, "readEnabled", false);
        await AssertDisallowedAsync(Client.GetBlobAsync(Repository, image.Blobs[0].Digest), "blob");
        await AssertDisallowedAsync(Client.GetReferrersAsync(Repository, image.Digest), "referrers");
        foreach (var path in new[] { At, TagAt("v1"), ManifestAt(image.Digest) })
            await SetAsync(path, "readEnabled", true);
        await ExpectAsync(200, Client.GetManifestAsync(Repository, "v1"), "after");
    }
}
