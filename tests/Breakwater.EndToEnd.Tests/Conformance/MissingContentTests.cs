using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>What is not there, and what cannot be.</summary>
public sealed class MissingContentTests(RunningRegistry registry) : ConformanceTest(registry)
{
    private static readonly string AbsentDigest = TestBlob.Sha256("nobody pushed this"u8);

    [Fact]
    public async Task Ping_Is200() => await ExpectAsync(200, Client.GetAsync("/v2/"), "ping");

    [Fact]
    public async Task GetTags_UnknownRepository_Is404() =>
        Assert.Contains("NAME_UNKNOWN", (await ExpectAsync(404, Client.GetTagsAsync(Repository), "tags")).ErrorCodes);

    [Fact]
    public async Task GetReferrers_UnknownSubject_IsAnEmptyIndex()
    {
        var reply = await ExpectAsync(200, Client.GetReferrersAsync(Repository, AbsentDigest), "referrers");
        Assert.Equal(MediaType.OciIndex, reply.ContentType);
        Assert.Equal(MediaType.OciIndex, (string?)reply.Json!["mediaType"]);
        Assert.Equal(2, (int)reply.Json["schemaVersion"]!);
        Assert.Empty(reply.Json["manifests"]!.AsArray());
    }

    [Fact]
    public async Task GetBlob_Unknown_Is404() =>
        Assert.Contains("BLOB_UNKNOWN", (await ExpectAsync(404, Client.GetBlobAsync(Repository, AbsentDigest), "blob")).ErrorCodes);

    [Fact]
    public async Task GetManifest_UnknownDigest_Is404() =>
        Assert.Contains("MANIFEST_UNKNOWN", (await ExpectAsync(404, Client.GetManifestAsync(Repository, AbsentDigest), "manifest")).ErrorCodes);

    [Fact]
    public async Task GetManifest_UnknownTag_Is404() =>
        Assert.Contains("MANIFEST_UNKNOWN", (await ExpectAsync(404, Client.GetManifestAsync(Repository, "missing-tag"), "tag")).ErrorCodes);

    [Fact]
    public async Task PutManifest_MalformedDigest_Is400()
    {
        var image = TestManifest.RandomImage(Content, layers: 1);
        foreach (var blob in image.Blobs)
            await ExpectAsync(201, Client.PushBlobAsync(Repository, blob), "push");
        await ExpectAsync(400, Client.PutManifestAsync(Repository, "sha256:baddigeststring", image), "PUT with a malformed digest");
    }

    [Fact]
    public async Task GetManifest_MalformedDigest_Is404Or400()
    {
        var reply = await Client.GetManifestAsync(Repository, "sha256:baddigeststring");
        Assert.True(reply.Code is 404 or 400, reply.ToString());
    }

    [Fact]
    public async Task DeleteBlob_PartOfAManifest_Is405WithWhatIsAllowed()
    {
        var image = TestManifest.RandomImage(Content, layers: 1);
        foreach (var blob in image.Blobs)
            await ExpectAsync(201, Client.PushBlobAsync(Repository, blob), "push");
        await ExpectAsync(201, Client.PutManifestAsync(Repository, "v1", image), "PUT");
        var reply = await ExpectAsync(405, Client.DeleteBlobAsync(Repository, image.Blobs[0].Digest), "DELETE of a blob in use");
        Assert.Equal(["GET", "HEAD"], reply.ContentHeaders.Allow);
        await AssertBlobAsync(Repository, image.Blobs[0].Digest, image.Blobs[0].Content);
    }

    [Fact]
    public async Task PutManifest_BodyDiffersFromDigest_Is400AndNothingIsStored()
    {
        var image = TestManifest.RandomImage(Content, layers: 1);
        foreach (var blob in image.Blobs)
            await ExpectAsync(201, Client.PushBlobAsync(Repository, blob), "push");
        var padded = image with { Body = [.. image.Body, .. "  "u8] };

        await ExpectAsync(400, Client.PutManifestAsync(Repository, image.Digest, padded), "PUT of another body");

        await ExpectAsync(404, Client.HeadManifestAsync(Repository, image.Digest), "HEAD afterwards");
    }

    [Fact]
    public async Task PutManifest_LayerAbsent_Is400ManifestBlobUnknown()
    {
        var image = TestManifest.RandomImage(Content, layers: 2);
        foreach (var blob in image.Blobs.SkipLast(1))
            await ExpectAsync(201, Client.PushBlobAsync(Repository, blob), "push");

        var reply = await ExpectAsync(400, Client.PutManifestAsync(Repository, "v1", image), "PUT without a layer");

        Assert.Contains("MANIFEST_BLOB_UNKNOWN", reply.ErrorCodes);
        await ExpectAsync(404, Client.HeadManifestAsync(Repository, "v1"), "HEAD afterwards");
    }
}
