using System.IO.Pipelines;
using Breakwater.Core.Blobs;
using Breakwater.Core.Tests.Blobs;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Work;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Work;

public sealed class CleanUpTests : InstallationTest
{
    private static readonly CleanUpOptions Options = new();
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    private Task<CleanUpReport> RunAsync() => Here.Open.CleanUp.RunAsync(Cancellation);

    [Fact]
    public async Task Run_UnreferencedBlob_StaysWhileLeasedAndGoesAfter()
    {
        var digest = await Here.PushAsync("a", Content(1000));
        Here.Clock.Advance(Options.Lease - Moment);
        Assert.Equal(0, (await RunAsync()).Blobs);
        Assert.NotNull(await Here.PullAsync("a", digest));

        Here.Clock.Advance(2 * Moment);
        Assert.Equal(new CleanUpReport(1, 0, 0), await RunAsync());
        Assert.Null(await Here.PullAsync("a", digest));
        Assert.Equal(1, Here.CountFiles());

        Here.Clock.Advance(Options.FileDelay + Moment);
        Assert.Equal(new CleanUpReport(0, 0, 1), await RunAsync());
        Assert.Equal(0, Here.CountFiles());
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT size_bytes FROM registry"));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_BlobFoundByAPusher_IsLeasedAnew()
    {
        var digest = await Here.PushAsync("a", Content(1000));
        Here.Clock.Advance(Options.Lease - Moment);
        Assert.NotNull(await Here.Open.Blobs.FindForPushAsync(Here.At("a"), digest));
        Here.Clock.Advance(Options.Lease - Moment);
        await RunAsync();
        await Here.PutManifestAsync("a", ManifestOf([digest]), "v1");
        await Here.CleanUpAsync();
        Assert.NotNull(await Here.PullAsync("a", digest));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_ReferencedBlobs_StayUntilTheLastManifestGoes()
    {
        var blob = await Here.PushAsync("a", Content(1000));
        var one = await Here.PutManifestAsync("a", ManifestOf([blob]));
        var two = await Here.PutManifestAsync("a", ManifestOf([blob, blob]));
        await Here.CleanUpAsync();
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), one);
        await Here.CleanUpAsync();
        Assert.NotNull(await Here.PullAsync("a", blob));
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), two);
        await Here.CleanUpAsync();
        Assert.Null(await Here.PullAsync("a", blob));
        Assert.Equal(0, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_BlobOfAnotherRepositoryToo_OnlyTheLinkGoes()
    {
        var blob = await Here.PushAsync("a", Content(1000));
        await Here.PushAsync("b", Content(1000));
        await Here.PutManifestAsync("b", ManifestOf([blob]), "v1");
        await Here.CleanUpAsync();
        Assert.Null(await Here.PullAsync("a", blob));
        Assert.NotNull(await Here.PullAsync("b", blob));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_PushedAgainWhileTheOldFileWaits_TheNewObjectStays()
    {
        var content = Content(1000);
        var digest = await Here.PushAsync("a", content);
        var old = await Here.QueryAsync<string>("SELECT id FROM object");
        Here.Clock.Advance(Options.Lease + Moment);
        await RunAsync();
        await Here.PushAsync("a", content);
        Assert.NotEqual(old, await Here.QueryAsync<string>("SELECT id FROM object"));
        Assert.Equal(2, Here.CountFiles());

        Here.Clock.Advance(Options.FileDelay + Moment);
        Assert.Equal(1, (await RunAsync()).Files);
        Same.Bytes(content, await Here.PullAsync("a", digest));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_ReaderHasTheBlobOpen_ReadsToTheEnd()
    {
        var content = Content(500_000);
        var digest = await Here.PushAsync("a", content);
        var blob = await Here.Open.Blobs.FindAsync(Here.At("a"), digest);
        using var reader = Here.Open.Blobs.Open(blob!);
        await reader.PrepareAsync(0, Cancellation);
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
        var read = new byte[content.Length];
        for (var at = 0; at < read.Length;)
            at += await reader.ReadAsync(at, read.AsMemory(at), Cancellation);
        Same.Bytes(content, read);
    }

    [Fact]
    public async Task Preview_AtAnyMoment_SaysWhatARunDoes()
    {
        for (var i = 0; i < 5; i++)
        {
            await Here.PushAsync("a", Content(100, i));
            Here.Clock.Advance(Options.Lease / 4);
        }
        await Here.PutManifestAsync("a", ManifestOf([await Here.PushAsync("a", Content(100, 4))]), "v1");
        var preview = await Here.Open.CleanUp.PreviewAsync();
        var doomed = preview.Where(b => b.Outcome == ReviewOutcome.Remove).Select(b => Digest.Parse(b.Digest)).ToList();
        Assert.Equal(5, preview.Count);
        Assert.Contains(preview, b => b.Outcome == ReviewOutcome.Waiting && b.Until > Here.Clock.GetUtcNow());
        Assert.Equal(doomed.Count, (await RunAsync()).Blobs);
        for (var i = 0; i < 5; i++)
            Assert.Equal(doomed.Contains(DigestOf(Content(100, i))), await Here.PullAsync("a", DigestOf(Content(100, i))) is null);
        Assert.DoesNotContain(await Here.Open.CleanUp.PreviewAsync(), b => b.Outcome == ReviewOutcome.Remove);
    }

    [Fact]
    public async Task Run_MoreThanABatch_TakesAll()
    {
        await Task.WhenAll(Enumerable.Range(0, 450).Select(i => Here.PushAsync("a", BitConverter.GetBytes(i))));
        Here.Clock.Advance(Options.Lease + Moment);
        Assert.Equal(450, (await RunAsync()).Blobs);
        Here.Clock.Advance(Options.FileDelay + Moment);
        Assert.Equal(450, (await RunAsync()).Files);
        Assert.Equal(0, Here.CountFiles());
    }

    [Fact]
    public async Task Run_ManifestOfAForeignLayerDeleted_CountsNothing()
    {
        var config = await Here.PushAsync("a", Content(10));
        const string foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.DockerManifest}}","config":{{Descriptor(MediaTypes.DockerConfig, config)}},"layers":[{{Descriptor(foreign, DigestOf([7]))}}]}""");
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), await Here.PutManifestAsync("a", body));
        Here.Clock.Advance(Options.Lease + Moment);
        Assert.Equal(1, (await RunAsync()).Blobs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ForgottenUpload_EndsAndItsFilesGo(bool reopened)
    {
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        await Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 0, Body(Content(1000)), Cancellation);
        if (reopened)
            await Here.ReopenAsync(save: true);
        Here.Clock.Advance(Options.Lease - Moment);
        Assert.Equal(0, (await RunAsync()).Uploads);
        Here.Clock.Advance(2 * Moment);
        Assert.Equal(1, (await RunAsync()).Uploads);
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation));
        Here.Clock.Advance(Options.FileDelay + Moment);
        await RunAsync();
        Assert.Equal(0, Here.CountFiles());
    }

    [Fact]
    public async Task Run_UploadInUse_Stays()
    {
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        for (var i = 0; i < 3; i++)
        {
            Here.Clock.Advance(Options.Lease - Moment);
            await Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, null, Body(Content(10)), Cancellation);
            Assert.Equal(0, (await RunAsync()).Uploads);
        }
    }

    [Fact]
    public async Task Sweep_FileWithoutRow_GoesWhenItIsOld()
    {
        await Here.PushImageAsync("a", "v1");
        var stray = Guid.NewGuid().ToString("N");
        await File.WriteAllTextAsync(Path.Combine(Here.Directory.Objects, stray[30..], stray), "x", Cancellation);
        Assert.Equal(0, await Here.Open.CleanUp.SweepAsync(Cancellation));
        Here.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await Here.Open.CleanUp.SweepAsync(Cancellation));
        Assert.Equal(2, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Sweep_FilesOfUploads_Stay()
    {
        var content = Content(100_000);
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        await Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 0, Body(content.AsMemory(0, 1000)), Cancellation);
        await CommitInVainAsync(upload.Id, content);
        Here.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await Here.Open.CleanUp.SweepAsync(Cancellation));
        await Here.Open.Uploads.CommitAsync(Here.At("a"), upload.Id, DigestOf(content), null, Body(default), Cancellation);
        Same.Bytes(content, await Here.PullAsync("a", DigestOf(content)));
    }

    // The rest of the body arrives, but the request ends before the commit: only memory knows the second run.
    private async Task CommitInVainAsync(Guid upload, byte[] content)
    {
        using var broken = new CancellationTokenSource();
        var body = PipeReader.Create(new EndingStream(content[1000..], broken.Cancel));
        var digest = DigestOf(content, DigestAlgorithm.Sha512);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Here.Open.Uploads.CommitAsync(Here.At("a"), upload, digest, null, body, broken.Token));
    }

    [Fact]
    public async Task Run_WhilePushesGoOn_NothingPushedIsLost()
    {
        Here.Options = Here.Options with { CleanUp = new CleanUpOptions { Lease = TimeSpan.FromMilliseconds(1500), FileDelay = TimeSpan.Zero } };
        await Here.ReopenAsync();
        using var stop = new CancellationTokenSource();
        var cleaner = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await RunAsync();
        }, Cancellation);
        // The same content again and again: each push may meet the removal of the one before.
        var pushes = Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                var image = await Here.PushImageAsync($"r{worker}", "v1", seed: i % 2);
                await Here.Open.Manifests.DeleteAsync(Here.At($"r{worker}"), image);
                await Here.Open.Blobs.DeleteAsync(Here.At($"r{worker}"), DigestOf(Content(70_000, i % 2)));
            }
            await Here.PushImageAsync($"r{worker}", "v1", seed: 1);
        }));
        await Task.WhenAll(pushes);
        await stop.CancelAsync();
        await cleaner;
        for (var worker = 0; worker < 3; worker++)
            Same.Bytes(Content(70_000), await Here.PullAsync($"r{worker}", DigestOf(Content(70_000))));
        await Here.AssertSoundAsync();
    }
}
