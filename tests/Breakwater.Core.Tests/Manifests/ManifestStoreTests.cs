using Breakwater.Core.Storage;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Manifests;

public sealed class ManifestStoreTests : InstallationTest
{
    private ValueTask<Core.Manifests.Manifest?> FindAsync(string reference, string repository = "a") =>
        Here.Open.Manifests.FindAsync(Here.At(repository), ManifestReference.Parse(reference));

    [Fact]
    public async Task Put_ByTagAndByDigest_IsFoundByBoth()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        Assert.Equal(digest, (await FindAsync("v1"))!.Digest);
        Assert.Equal(MediaTypes.OciManifest, (await FindAsync(digest.Value))!.MediaType);
        await Here.ReopenAsync();
        Assert.Equal(digest, DigestOf((await FindAsync("v1"))!.Body.Span));
        Assert.Null(await FindAsync("v2"));
        Assert.Null(await FindAsync(digest.Value, "b"));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Put_Sha512Reference_IsFoundUnderIt()
    {
        var body = ManifestOf([await Here.PushAsync("a", Content(10))]);
        var digest = DigestOf(body, DigestAlgorithm.Sha512);
        Assert.Equal(digest, await Here.PutManifestAsync("a", body, digest.Value));
        Same.Bytes(body, (await FindAsync(digest.Value))!.Body);
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Put_BlobsMissing_NamesThemAndStoresNothing()
    {
        var known = await Here.PushAsync("a", Content(10));
        var elsewhere = await Here.PushAsync("b", Content(20));
        var unknown = DigestOf([1]);
        var body = ManifestOf([known, elsewhere, unknown]);
        var refused = await Assert.ThrowsAsync<OciException>(() => Here.PutManifestAsync("a", body, "v1"));
        Assert.Same(OciErrors.ManifestBlobUnknown, refused.Error);
        var named = Assert.IsType<IEnumerable<Dictionary<string, string>>>(refused.Detail, exactMatch: false).Select(d => d["digest"]);
        Assert.Equal(new[] { elsewhere.Value, unknown.Value }.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.Null(await FindAsync("v1"));
        Assert.Null(await FindAsync(DigestOf(body).Value));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Put_DigestOfOtherContent_IsDigestInvalid()
    {
        var body = ManifestOf([await Here.PushAsync("a", Content(10))]);
        await AssertErrorAsync(OciErrors.DigestInvalid, () => Here.PutManifestAsync("a", body, DigestOf([1]).Value));
        await AssertErrorAsync(OciErrors.ManifestInvalid, () => Here.PutManifestAsync("a", [1, 2, 3], "v1"));
    }

    [Fact]
    public async Task Put_Twice_CountsOnce()
    {
        var body = ManifestOf([await Here.PushAsync("a", Content(10))]);
        await Here.PutManifestAsync("a", body, "v1");
        await Here.PutManifestAsync("a", body, "v2");
        Assert.Equal(1, await Here.QueryAsync<long>("SELECT manifest_count FROM repository"));
        Assert.Equal(10 + body.Length, await Here.QueryAsync<long>("SELECT size_bytes FROM repository"));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Put_BlobNamedTwice_IsTakenOnce()
    {
        var blob = await Here.PushAsync("a", Content(10));
        var digest = await Here.PutManifestAsync("a", ManifestOf([blob, blob, blob]));
        await Here.AssertSoundAsync();
        Assert.True(await Here.Open.Manifests.DeleteAsync(Here.At("a"), digest));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Put_IndexOfAbsentChildren_IsTaken()
    {
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{Descriptor(MediaTypes.OciManifest, DigestOf([1]))}}]}""");
        await Here.PutManifestAsync("a", body, "v1");
        Assert.Equal(MediaTypes.OciIndex, (await FindAsync("v1"))!.MediaType);
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Put_ManyTagsAtOnce_SetsAll()
    {
        var body = ManifestOf([await Here.PushAsync("a", Content(10))]);
        var tags = new[] { TagName.Parse("x"), TagName.Parse("y") };
        await Here.Open.Manifests.PutAsync(Here.At("a"), ManifestReference.Parse("v1"), tags, body, contentType: null);
        Assert.Equal(["v1", "x", "y"], await Here.TagsAsync("a"));
        foreach (var tag in new[] { "v1", "x", "y" })
            Assert.Equal(DigestOf(body), (await FindAsync(tag))!.Digest);
    }

    [Fact]
    public async Task Delete_Manifest_TakesItsTagsAndLeavesTheRest()
    {
        var one = await Here.PushImageAsync("a", "v1", seed: 1);
        var body = (await FindAsync("v1"))!.Body.ToArray();
        await Here.PutManifestAsync("a", body, "latest");
        var two = await Here.PushImageAsync("a", "v2", seed: 2);
        Assert.NotNull(await FindAsync("latest"));

        Assert.True(await Here.Open.Manifests.DeleteAsync(Here.At("a"), one));
        Assert.False(await Here.Open.Manifests.DeleteAsync(Here.At("a"), one));
        Assert.Null(await FindAsync("v1"));
        Assert.Null(await FindAsync("latest"));
        Assert.Null(await FindAsync(one.Value));
        Assert.Equal(two, (await FindAsync("v2"))!.Digest);
        Assert.Equal(["v2"], await Here.TagsAsync("a"));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Find_RowChanged_IsCorrupt()
    {
        var digest = await Here.PushImageAsync("a", "v1");
        await Here.ExecuteAsync("UPDATE manifest SET body = zeroblob(length(body))");
        await Here.ReopenAsync();
        await Assert.ThrowsAsync<CorruptObjectException>(async () => await FindAsync(digest.Value));
    }

    [Fact]
    public async Task Find_WhileTagsMove_GivesOneOfTheManifests()
    {
        var bodies = new List<byte[]>();
        for (var i = 0; i < 4; i++)
            bodies.Add(ManifestOf([await Here.PushAsync("a", Content(10, i))]));
        await Here.PutManifestAsync("a", bodies[0], "v1");
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                Assert.NotNull(await FindAsync("v1"));
        })).ToList();
        for (var i = 0; i < 60; i++)
        {
            await Here.PutManifestAsync("a", bodies[i % 4], "v1");
            Assert.Equal(DigestOf(bodies[i % 4]), (await FindAsync("v1"))!.Digest);
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }
}
