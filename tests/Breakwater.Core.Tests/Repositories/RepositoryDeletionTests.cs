using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Repositories;

public sealed class RepositoryDeletionTests : InstallationTest
{
    [Fact]
    public async Task Delete_Repository_TakesEverythingAndLeavesTheOthers()
    {
        var image = await Here.PushImageAsync("a", "v1", seed: 1);
        await Here.PushImageAsync("a", "v2", seed: 2);
        await Here.PushImageAsync("b", "v1", seed: 1);
        var deleted = await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        Assert.Equal(["v1", "v2"], deleted.Tags);
        Assert.Equal(2, deleted.Manifests.Count);
        Assert.Contains(image.Value, deleted.Manifests);
        await Here.AssertSoundAsync();
        Assert.Equal(["b"], await Here.CatalogAsync());
        Assert.Null(await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("v1")));
        Assert.Null(await Here.PullAsync("a", DigestOf(Content(70_000, 1))));
        Assert.NotNull(await Here.PullAsync("b", DigestOf(Content(70_000, 1))));
        await AssertErrorAsync(OciErrors.NameUnknown, () => Here.TagsAsync("a"));
        await AssertErrorAsync(OciErrors.NameUnknown, () => Here.Open.Repositories.DeleteAsync(Here.At("a")));
        await Here.CleanUpAsync();
        Assert.Equal(2, Here.CountFiles());
    }

    [Fact]
    public async Task Delete_ThenPushAgain_IsAnotherRepository()
    {
        var image = await Here.PushImageAsync("a", "v1");
        await Here.ChangeAsync("a", image.Value, new(ReadEnabled: false));
        await Here.ChangeAsync("a", null, new(ListEnabled: false));
        var id = await Here.QueryAsync<string>("SELECT id FROM repository");
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await Here.PushImageAsync("a", "v2", seed: 3);
        Assert.NotEqual(id, await Here.QueryAsync<string>("SELECT id FROM repository"));
        Assert.Equal(["a"], await Here.CatalogAsync());
        Assert.Equal(["v2"], await Here.TagsAsync("a"));
        Assert.Null(await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse(image.Value)));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Delete_UploadUnderWay_EndsIt()
    {
        await Here.PushImageAsync("a", "v1");
        var stored = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        await Here.Open.Uploads.AppendAsync(Here.At("a"), stored.Id, 0, Body(Content(1000)), Cancellation);
        var started = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        foreach (var id in new[] { stored.Id, started.Id })
            await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.AppendAsync(Here.At("a"), id, null, Body(Content(10)), Cancellation));
        await Here.PushImageAsync("a", "v1");
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.CommitAsync(Here.At("a"), stored.Id, DigestOf(Content(1000)), null, Body(default), Cancellation));
        await Here.ReopenAsync(save: true);
        await Here.AssertSoundAsync();
        await Here.CleanUpAsync();
        Assert.Equal(2, Here.CountFiles());
    }

    /// <summary>The repository goes while the body of an upload arrives.</summary>
    [Fact]
    public async Task Delete_BodyUnderWay_EndsTheUpload()
    {
        await Here.PushImageAsync("a", "v1");
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        var body = new System.IO.Pipelines.Pipe();
        await body.Writer.WriteAsync(Content(1000), Cancellation);
        var append = Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 0, body.Reader, Cancellation);
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await body.Writer.CompleteAsync();
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => append);
        await Here.ReopenAsync(save: true);
        await Here.AssertSoundAsync();
    }

    [Theory]
    [InlineData("v1")]
    [InlineData(null)]
    public async Task Delete_SomethingInItLocked_ChangesNothing(string? tag)
    {
        var image = await Here.PushImageAsync("a", "v1");
        await Here.PushImageAsync("a", "v2", seed: 2);
        await Here.ChangeAsync("a", tag ?? image.Value, new(DeleteEnabled: false));
        var before = await Here.DumpAsync();
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => Here.Open.Repositories.DeleteAsync(Here.At("a")));
        Assert.Equal(before, await Here.DumpAsync());
    }

    [Fact]
    public async Task Delete_DamagedBlobAndParts_LeavesNoRow()
    {
        var content = Content(140_000, 4);
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        foreach (var half in new[] { content[..70_000], content[70_000..] })
            await Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, null, Body(half), Cancellation);
        await Here.Open.Uploads.CommitAsync(Here.At("a"), upload.Id, DigestOf(content), null, Body(default), Cancellation);
        await Here.ExecuteAsync("INSERT INTO damaged_object (object_id, found_at) SELECT id, 0 FROM object");
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        await Here.AssertSoundAsync();
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT size_bytes FROM registry"));
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
    }
}
