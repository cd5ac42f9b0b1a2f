using System.IO.Pipelines;
using Breakwater.Core.Access;
using Breakwater.Core.Tests.Access;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Blobs;

public sealed class BlobUploadsTests : InstallationTest
{
    private Task<Core.Blobs.UploadStatus> StartAsync(string repository = "a", DigestAlgorithm algorithm = DigestAlgorithm.Sha256) =>
        Here.Open.Uploads.StartAsync(Here.At(repository), algorithm);

    private Task<Core.Blobs.UploadStatus> AppendAsync(Guid id, ReadOnlyMemory<byte> bytes, long? first = null, string repository = "a") =>
        Here.Open.Uploads.AppendAsync(Here.At(repository), id, first, Body(bytes), Cancellation);

    private Task<long> CommitAsync(Guid id, Digest digest, ReadOnlyMemory<byte> rest = default, string repository = "a") =>
        Here.Open.Uploads.CommitAsync(Here.At(repository), id, digest, first: null, Body(rest), Cancellation);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(5_000_000)]
    public async Task Commit_WholeContentAtOnce_IsReadBack(int length)
    {
        var content = Content(length);
        var digest = await Here.PushAsync("a", content);
        Same.Bytes(content, await Here.PullAsync("a", digest));
        await Here.AssertSoundAsync();
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(65_536, 65_536, 0)]
    [InlineData(65_535, 2, 70_000)]
    [InlineData(100_000, 0, 131_072)]
    [InlineData(0, 0, 12)]
    public async Task Commit_Chunks_AreJoined(int first, int second, int rest)
    {
        var content = Content(first + second + rest);
        var upload = await StartAsync();
        Assert.Equal(first, (await AppendAsync(upload.Id, content.AsMemory(0, first), first: 0)).SizeBytes);
        Assert.Equal(first + second, (await AppendAsync(upload.Id, content.AsMemory(first, second), first)).SizeBytes);
        await CommitAsync(upload.Id, DigestOf(content), content.AsMemory(first + second));
        Same.Bytes(content, await Here.PullAsync("a", DigestOf(content)));
        await Here.AssertSoundAsync();
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
    }

    [Fact]
    public async Task Commit_RandomChunksAndRestarts_AreJoined()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            var content = Content(random.Next(1, 400_000), seed);
            var algorithm = (DigestAlgorithm)random.Next(2);
            var upload = await StartAsync("a", (DigestAlgorithm)random.Next(2));
            var at = 0;
            while (at < content.Length)
            {
                var count = Math.Min(content.Length - at, random.Next(1, 150_000));
                at = (int)(await AppendAsync(upload.Id, content.AsMemory(at, count), at)).SizeBytes;
                if (random.Next(3) == 0)
                    await Here.ReopenAsync(save: true);
                Assert.Equal(at, (await Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation)).SizeBytes);
            }
            await CommitAsync(upload.Id, DigestOf(content, algorithm));
            Same.Bytes(content, await Here.PullAsync("a", DigestOf(content, algorithm)));
        }
        await Here.AssertSoundAsync();
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha512, DigestAlgorithm.Sha512)]
    [InlineData(DigestAlgorithm.Sha256, DigestAlgorithm.Sha512)]
    [InlineData(DigestAlgorithm.Sha512, DigestAlgorithm.Sha256)]
    public async Task Commit_OtherAlgorithmThanStarted_Works(DigestAlgorithm started, DigestAlgorithm committed)
    {
        var content = Content(100_000);
        var whole = await StartAsync("a", started);
        await CommitAsync(whole.Id, DigestOf(content, committed), content);
        var chunked = await StartAsync("b", started);
        await AppendAsync(chunked.Id, content.AsMemory(0, 70_000), repository: "b");
        await CommitAsync(chunked.Id, DigestOf(content, committed), content.AsMemory(70_000), "b");
        Same.Bytes(content, await Here.PullAsync("a", DigestOf(content, committed)));
        Same.Bytes(content, await Here.PullAsync("b", DigestOf(content, committed)));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Commit_WrongDigest_LinksNothingAndEndsTheSession()
    {
        var upload = await StartAsync();
        await AppendAsync(upload.Id, Content(70_000));
        await AssertErrorAsync(OciErrors.DigestInvalid, () => CommitAsync(upload.Id, DigestOf([1])));
        Assert.Null(await Here.PullAsync("a", DigestOf([1])));
        Assert.Null(await Here.PullAsync("a", DigestOf(Content(70_000))));
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => AppendAsync(upload.Id, Content(1)));
        await Here.AssertSoundAsync();
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
    }

    [Fact]
    public async Task Append_NotAtTheEnd_IsRangeInvalidAndChangesNothing()
    {
        var upload = await StartAsync();
        await AppendAsync(upload.Id, Content(10), first: 0);
        await AssertErrorAsync(OciErrors.RangeInvalid, () => AppendAsync(upload.Id, Content(10), first: 0));
        await AssertErrorAsync(OciErrors.RangeInvalid, () => AppendAsync(upload.Id, Content(10), first: 11));
        Assert.Equal(20, (await AppendAsync(upload.Id, Content(10), first: 10)).SizeBytes);
    }

    [Fact]
    public async Task Start_MoreThanAPrincipalMayLeaveUnused_OldestUnusedGivesWay()
    {
        var other = Here.At("a", Callers.Owner("other"));
        var ofAnother = await Here.Open.Uploads.StartAsync(other, DigestAlgorithm.Sha256);
        var used = await StartAsync();
        await Here.Open.Uploads.AppendAsync(Here.At("a"), used.Id, null, Body(Content(3)), Cancellation);
        var unused = await StartAsync();
        var second = await StartAsync();
        for (var i = 0; i < Core.Blobs.UnusedUploads.PerPrincipal - 1; i++)
            await StartAsync();

        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.FindAsync(Here.At("a"), unused.Id, Cancellation));
        Assert.Equal(0, (await Here.Open.Uploads.FindAsync(Here.At("a"), second.Id, Cancellation)).SizeBytes);
        Assert.Equal(3, (await Here.Open.Uploads.FindAsync(Here.At("a"), used.Id, Cancellation)).SizeBytes);
        Assert.Equal(0, (await Here.Open.Uploads.FindAsync(other, ofAnother.Id, Cancellation)).SizeBytes);
    }

    [Fact]
    public async Task AnyCall_SessionOfAnother_IsUnknown()
    {
        var upload = await StartAsync();
        var other = Callers.Owner("other");
        await StartAsync("b");
        foreach (var access in new[] { Here.At("b"), Here.At("a", other) })
        {
            await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.FindAsync(access, upload.Id, Cancellation));
            await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.AppendAsync(access, upload.Id, null, Body(Content(1)), Cancellation));
            await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.CommitAsync(access, upload.Id, DigestOf([]), null, Body(default), Cancellation));
            await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.CancelAsync(access, upload.Id, Cancellation));
        }
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.FindAsync(Here.At("a"), Guid.NewGuid(), Cancellation));
        Assert.Equal(0, (await Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation)).SizeBytes);
    }

    [Fact]
    public async Task AnyCall_RightToPullOnly_IsDenied()
    {
        var upload = await StartAsync();
        var reader = Callers.With(BuiltInRoles.AcrPull, Here.Caller.Principal);
        var access = Here.At("a", reader, RepositoryActions.Pull);
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.Uploads.FindAsync(access, upload.Id, Cancellation));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.Uploads.MountAsync(access, Here.At("b"), DigestOf([])));
        await AssertErrorAsync(OciErrors.Denied, () => Here.Open.Blobs.DeleteAsync(access, DigestOf([])));
    }

    [Fact]
    public async Task Append_TwoAtOnce_OneAfterTheOther()
    {
        var upload = await StartAsync();
        var slow = new Pipe();
        await slow.Writer.WriteAsync(Content(10), Cancellation);
        var first = Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 0, slow.Reader, Cancellation);
        var second = AppendAsync(upload.Id, Content(5), first: 0);
        var third = AppendAsync(upload.Id, Content(5), first: 20);
        await slow.Writer.WriteAsync(Content(10), Cancellation);
        Assert.False(first.IsCompleted || second.IsCompleted || third.IsCompleted);
        await slow.Writer.CompleteAsync();
        Assert.Equal(20, (await first).SizeBytes);
        await AssertErrorAsync(OciErrors.RangeInvalid, () => second);
        Assert.Equal(25, (await third).SizeBytes);
    }

    [Fact]
    public async Task Commit_TwoAtOnce_OneEndsTheSession()
    {
        var content = Content(200_000);
        var upload = await StartAsync();
        await AppendAsync(upload.Id, content);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await CommitAsync(upload.Id, DigestOf(content));
                return "done";
            }
            catch (OciException e)
            {
                return e.Error.Code;
            }
        }));
        Assert.Equal(["BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_UNKNOWN", "done"], outcomes.Order(StringComparer.Ordinal));
        Same.Bytes(content, await Here.PullAsync("a", DigestOf(content)));
    }

    [Fact]
    public async Task Cancel_Session_LeavesNothing()
    {
        var upload = await StartAsync();
        await AppendAsync(upload.Id, Content(70_000));
        await Here.Open.Uploads.CancelAsync(Here.At("a"), upload.Id, Cancellation);
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation));
        await Here.ReopenAsync();
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation));
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
    }

    [Fact]
    public async Task Append_ClientBreaksOff_KeepsWhatArrived()
    {
        var content = Content(200_000);
        var upload = await StartAsync();
        var body = PipeReader.Create(new EndingStream(content[..30_000], () => throw new IOException("connection reset")));
        await AssertErrorAsync(OciErrors.BlobUploadInvalid, () => Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, null, body, Cancellation));
        await Here.ReopenAsync(save: true);

        var kept = (int)(await Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation)).SizeBytes;
        Assert.Equal(30_000, kept);
        await CommitAsync(upload.Id, DigestOf(content), content.AsMemory(kept));
        Same.Bytes(content, await Here.PullAsync("a", DigestOf(content)));
    }

    [Fact]
    public async Task Commit_ClientBreaksOffAndComesBack_Continues()
    {
        var content = Content(200_000);
        var upload = await StartAsync();
        using var broken = new CancellationTokenSource();
        var body = PipeReader.Create(new EndingStream(content[..50_000], () =>
        {
            broken.Cancel();
            throw new OperationCanceledException(broken.Token);
        }));
        await AssertErrorAsync(
            OciErrors.BlobUploadInvalid, () => Here.Open.Uploads.CommitAsync(Here.At("a"), upload.Id, DigestOf(content), null, body, broken.Token));
        var kept = (int)(await Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation)).SizeBytes;
        Assert.Equal(50_000, kept);
        await CommitAsync(upload.Id, DigestOf(content), content.AsMemory(kept));
        Same.Bytes(content, await Here.PullAsync("a", DigestOf(content)));
    }

    [Fact]
    public async Task Find_AfterAnOrderlyStop_KnowsSessionsWithoutContent()
    {
        var upload = await StartAsync();
        await Here.ReopenAsync(save: true);
        Assert.Equal(0, (await Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation)).SizeBytes);
    }
}
