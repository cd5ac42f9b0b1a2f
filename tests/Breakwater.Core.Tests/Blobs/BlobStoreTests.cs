using Breakwater.Core.Storage;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Blobs;

public sealed class BlobStoreTests : InstallationTest
{
    [Fact]
    public async Task Push_EqualContentToTwoRepositories_IsStoredOnce()
    {
        var digest = await Here.PushAsync("a", Content(70_000));
        await Here.PushAsync("b", Content(70_000));
        Assert.Equal(1, await Here.QueryAsync<long>("SELECT COUNT(*) FROM object"));
        Assert.Equal(70_000, await Here.QueryAsync<long>("SELECT size_bytes FROM registry"));
        Assert.NotNull(await Here.PullAsync("b", digest));
        Assert.Null(await Here.PullAsync("c", digest));
        await Here.AssertSoundAsync();
        Here.Clock.Advance(TimeSpan.FromHours(1));
        await Here.Open.CleanUp.RunAsync(Cancellation);
        Assert.Equal(1, Here.CountFiles());
    }

    [Fact]
    public async Task Push_EqualContentByMany_IsStoredOnce()
    {
        var content = Content(10_000);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => Here.PushAsync($"r{i % 5}", content))));
        Assert.Equal(1, await Here.QueryAsync<long>("SELECT COUNT(*) FROM object"));
        for (var i = 0; i < 5; i++)
            Same.Bytes(content, await Here.PullAsync($"r{i}", DigestOf(content)));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Mount_LinkedInTheSource_Links()
    {
        var digest = await Here.PushAsync("a", Content(70_000));
        Assert.True(await Here.Open.Uploads.MountAsync(Here.At("b"), Here.At("a"), digest));
        Assert.True(await Here.Open.Uploads.MountAsync(Here.At("b"), Here.At("a"), digest));
        Same.Bytes(Content(70_000), await Here.PullAsync("b", digest));
        Assert.True(await Here.Open.Blobs.DeleteAsync(Here.At("a"), digest));
        Same.Bytes(Content(70_000), await Here.PullAsync("b", digest));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Mount_NotLinkedInTheSource_DoesNothing()
    {
        var digest = await Here.PushAsync("a", Content(100));
        await Here.PushAsync("b", Content(10));
        Assert.False(await Here.Open.Uploads.MountAsync(Here.At("c"), Here.At("b"), digest));
        Assert.False(await Here.Open.Uploads.MountAsync(Here.At("c"), Here.At("unknown"), digest));
        Assert.Null(await Here.PullAsync("c", digest));
    }

    [Fact]
    public async Task FindSources_Digest_NamesTheRepositoriesThatLinkIt()
    {
        var digest = await Here.PushAsync("a", Content(100));
        await Here.PushAsync("b/c", Content(100));
        var names = await Here.Open.Uploads.FindSourcesAsync(Here.At("d"), digest);
        Assert.Equal(["a", "b/c"], names.Select(n => n.Value).Order(StringComparer.Ordinal));
        Assert.Empty(await Here.Open.Uploads.FindSourcesAsync(Here.At("d"), DigestOf([9])));
    }

    [Fact]
    public async Task Delete_PartOfAManifest_IsRefused()
    {
        var blobs = new[] { await Here.PushAsync("a", Content(10)), await Here.PushAsync("a", Content(20)) };
        var manifest = await Here.PutManifestAsync("a", ManifestOf(blobs));
        foreach (var blob in blobs)
            await AssertErrorAsync(OciErrors.Unsupported, () => Here.Open.Blobs.DeleteAsync(Here.At("a"), blob));
        Assert.NotNull(await Here.PullAsync("a", blobs[1]));
        Assert.True(await Here.Open.Manifests.DeleteAsync(Here.At("a"), manifest));
        Assert.True(await Here.Open.Blobs.DeleteAsync(Here.At("a"), blobs[1]));
        Assert.Null(await Here.PullAsync("a", blobs[1]));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Delete_Absent_IsFalse()
    {
        var digest = await Here.PushAsync("a", Content(10));
        Assert.False(await Here.Open.Blobs.DeleteAsync(Here.At("b"), digest));
        Assert.True(await Here.Open.Blobs.DeleteAsync(Here.At("a"), digest));
        Assert.False(await Here.Open.Blobs.DeleteAsync(Here.At("a"), digest));
        Assert.Null(await Here.Open.Blobs.FindForPushAsync(Here.At("a"), digest));
    }

    [Fact]
    public async Task ReadSmall_UpToASegment_IsTheContent()
    {
        foreach (var length in new[] { 0, 1, 65_536 })
        {
            var blob = await Here.Open.Blobs.FindAsync(Here.At("a"), await Here.PushAsync("a", Content(length)));
            Same.Bytes(Content(length), await Here.Open.Blobs.ReadSmallAsync(blob!, Cancellation));
        }
        var large = await Here.Open.Blobs.FindAsync(Here.At("a"), await Here.PushAsync("a", Content(65_537)));
        Assert.Null(await Here.Open.Blobs.ReadSmallAsync(large!, Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task ReadSmall_FileChanged_IsCorrupt(int length)
    {
        var blob = await Here.Open.Blobs.FindAsync(Here.At("a"), await Here.PushAsync("a", Content(length)));
        var name = blob!.ObjectId.ToString("N");
        var path = Path.Combine(Here.Directory.Objects, name[30..], name);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);
        await Assert.ThrowsAsync<CorruptObjectException>(async () => await Here.Open.Blobs.ReadSmallAsync(blob, Cancellation));
    }

    [Fact]
    public async Task Push_AnyContent_StandsNowhereInPlain()
    {
        var text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("plain-content-marker ", 5000)));
        var blob = await Here.PushAsync("a", text);
        await Here.PutManifestAsync("a", ManifestOf([blob], ",\"annotations\":{}"), "v1");
        await Here.Open.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(Here.Directory.Objects, "*", SearchOption.AllDirectories))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file, Cancellation)).AsSpan().IndexOf("plain-content-marker"u8));
        Assert.Equal(-1, (await File.ReadAllBytesAsync(Here.Directory.Database, Cancellation)).AsSpan().IndexOf("schemaVersion"u8));
        await Here.ReopenAfterCloseAsync();
    }
}
