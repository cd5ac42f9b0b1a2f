using System.IO.Pipelines;
using Breakwater.Core.Blobs;
using Breakwater.Core.Storage;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Blobs;

/// <summary>Uploads whose process was killed in the middle of a body.</summary>
public sealed class UploadRecoveryTests : InstallationTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(ObjectHeader.Size)]
    [InlineData(ObjectHeader.Size + 65_552)]
    [InlineData(ObjectHeader.Size + 65_552 + 30_000)]
    [InlineData(ObjectHeader.Size + 5 * 65_552)]
    public async Task Find_RunWasCutOff_KeepsWholeSegments(int fileLength)
    {
        var content = Content(400_000);
        var upload = await CutOffAsync(content, path =>
        {
            using var file = new FileStream(path, FileMode.Open);
            file.SetLength(fileLength);
        });

        var kept = (int)(await Here.Open.Uploads.FindAsync(Here.At("a"), upload, Cancellation)).SizeBytes;
        Assert.Equal(1000 + Math.Max(0, (fileLength - ObjectHeader.Size) / 65_552) * 65_536, kept);
        await FinishAsync(upload, content, kept);
    }

    [Fact]
    public async Task Find_FileOfTheCutOffRunIsGone_KeepsTheRunsBefore()
    {
        var content = Content(400_000);
        var upload = await CutOffAsync(content, File.Delete);
        var kept = (int)(await Here.Open.Uploads.FindAsync(Here.At("a"), upload, Cancellation)).SizeBytes;
        Assert.Equal(1000, kept);
        await FinishAsync(upload, content, kept);
    }

    [Fact]
    public async Task Find_ManyAtOnceAfterARestart_GiveOneSession()
    {
        var content = Content(400_000);
        var upload = await CutOffAsync(content, _ => { });
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Here.Open.Uploads.FindAsync(Here.At("a"), upload, Cancellation))));
        await FinishAsync(upload, content, (int)Assert.Single(found.Select(f => f.SizeBytes).Distinct()));
    }

    [Fact]
    public async Task Find_ManyAtOnceWhileOneCommitsAndOthersCancel_NeverHarmsTheBlob()
    {
        for (var round = 0; round < 15; round++)
        {
            var content = Content(3_000, round);
            var id = (await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256)).Id;
            await Here.Open.Uploads.AppendAsync(Here.At("a"), id, null, Body(content), Cancellation);
            await Here.ReopenAsync(save: true);
            var commit = Task.Run(() => TryAsync(() => Here.Open.Uploads.CommitAsync(Here.At("a"), id, DigestOf(content), null, Body(default), Cancellation)));
            var cancels = Enumerable.Range(0, 3).Select(_ => Task.Run(() => TryAsync(() => Here.Open.Uploads.CancelAsync(Here.At("a"), id, Cancellation)))).ToList();
            await Task.WhenAll([commit, .. cancels]);
            Assert.Equal(await commit, await Here.PullAsync("a", DigestOf(content)) is not null);
        }
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Append_LargeBodyAndKill_KeepsNearlyAll()
    {
        var content = Content(6 << 20);
        var id = (await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256)).Id;
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var append = Here.Open.Uploads.AppendAsync(Here.At("a"), id, 0, body.Reader, Cancellation);
        for (var at = 0; at < content.Length; at += 1 << 20)
        {
            await body.Writer.WriteAsync(content.AsMemory(at, 1 << 20), Cancellation);
            await Task.Delay(10, Cancellation);
        }
        await WaitUntilAsync(async () => await Here.QueryAsync<long>("SELECT COUNT(*) FROM upload_run WHERE size_bytes IS NULL") == 1);
        await body.Writer.CompleteAsync();
        Assert.Equal(content.Length, (await append).SizeBytes);
        await Here.ReopenAsync();
        var kept = (int)(await Here.Open.Uploads.FindAsync(Here.At("a"), id, Cancellation)).SizeBytes;
        Assert.InRange(kept, content.Length - (1 << 20), content.Length);
        await FinishAsync(id, content, kept);
    }

    // A body of 1,000 bytes that arrived, and one that looks as if the process had been killed in it.
    private async Task<Guid> CutOffAsync(byte[] content, Action<string> harm)
    {
        var access = Here.At("a");
        var id = (await Here.Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256)).Id;
        await Here.Open.Uploads.AppendAsync(access, id, 0, Body(content.AsMemory(0, 1000)), Cancellation);
        await Here.ReopenAsync(save: true);
        await Here.Open.Uploads.AppendAsync(access, id, 1000, Body(content.AsMemory(1000)), Cancellation);
        await Here.ReopenAsync(save: true);
        var name = await Here.QueryAsync<string>("SELECT object_id FROM upload_run WHERE sequence = 1");
        await Here.ExecuteAsync("UPDATE upload_run SET size_bytes = NULL WHERE sequence = 1");
        harm(Path.Combine(Here.Directory.Objects, name[30..], name));
        return id;
    }

    private async Task FinishAsync(Guid upload, byte[] content, int kept)
    {
        await Here.Open.Uploads.CommitAsync(Here.At("a"), upload, DigestOf(content), kept, Body(content.AsMemory(kept)), Cancellation);
        Same.Bytes(content, await Here.PullAsync("a", DigestOf(content)));
        await Here.AssertSoundAsync();
        Here.Clock.Advance(new CleanUpOptions().FileDelay + TimeSpan.FromHours(2));
        await Here.Open.CleanUp.RunAsync(Cancellation);
        await Here.Open.CleanUp.SweepAsync(Cancellation);
        Assert.Equal(1, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (OciException)
        {
            return false;
        }
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 100 && !await condition(); i++)
            await Task.Delay(20, Cancellation);
    }
}
