using System.IO.Pipelines;
using Breakwater.Core.Blobs;
using Breakwater.Core.Storage;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Blobs;

public sealed class BlobPartsTests : InstallationTest
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData(new[] { MiB, MiB }, 2)]
    [InlineData(new[] { 1, 3 * MiB, 5 }, 3)]
    [InlineData(new[] { MiB, MiB - 1 }, 1)]
    [InlineData(new[] { 100, 70_000 }, 1)]
    public async Task Commit_Chunks_StayApartWhenTheyAreLarge(int[] sizes, int parts)
    {
        var content = Content(sizes.Sum());
        var blob = await PushAsync("a", content, sizes);
        Assert.Equal(parts, blob.Parts.Count);
        Assert.Equal(content.Length, blob.SizeBytes);
        Same.Bytes(content, await Here.PullAsync("a", blob.Digest));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task CopyTo_AnyRange_CrossesPartsWithoutASeam()
    {
        int[] sizes = [MiB + 17, 3 * MiB, 1, MiB - 40, MiB];
        var content = Content(sizes.Sum());
        var blob = await PushAsync("a", content, sizes);
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var edge = sizes.Take(random.Next(1, sizes.Length)).Sum();
            var first = Math.Max(0, edge - random.Next(0, 70_000));
            var count = random.Next(1, content.Length - first + 1);
            Same.Bytes(content.AsSpan(first, count).ToArray(), await CopyAsync(blob, first, count));
        }
    }

    [Fact]
    public async Task CleanUp_DeletedBlobOfParts_LeavesNoFile()
    {
        var blob = await PushAsync("a", Content(3 * MiB), [MiB, MiB, MiB]);
        Assert.Equal(3, Here.CountFiles());
        await Here.Open.Blobs.DeleteAsync(Here.At("a"), blob.Digest);
        await Here.CleanUpAsync();
        Assert.Equal(0, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task CleanUp_LiveBlobOfParts_KeepsItsFiles()
    {
        var blob = await PushAsync("a", Content(3 * MiB), [MiB, MiB, MiB]);
        await Here.PutManifestAsync("a", ManifestOf([blob.Digest]), "v1");
        await Here.CleanUpAsync();
        await Here.Open.CleanUp.SweepAsync(Cancellation);
        Assert.Equal(3, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Commit_SameContentInOtherChunks_KeepsTheFirstObject()
    {
        var first = await PushAsync("a", Content(3 * MiB), [MiB, MiB, MiB]);
        var second = await PushAsync("b", Content(3 * MiB), [2 * MiB, MiB]);
        Assert.Equal(first.ObjectId, second.ObjectId);
        await Here.CleanUpFilesAsync();
        Assert.Equal(3, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Verify_PartGone_FindsIt(int part)
    {
        var blob = await PushAsync("a", Content(3 * MiB), [MiB, MiB, MiB]);
        File.Delete(PathOf(blob.Parts[part]));
        Assert.Single((await Here.Open.Verification.RunAsync(deep: false, Cancellation)).Findings);
    }

    [Fact]
    public async Task Push_DamagedBlob_IsAbsentToThePusherAndTheNewCopyTakesItsPlace()
    {
        var content = Content(3 * MiB);
        int[] sizes = [MiB, MiB, MiB];
        var blob = await PushAsync("a", content, sizes);
        await PushAsync("b", content, sizes);
        Damage(blob.Parts[1]);

        await Assert.ThrowsAsync<CorruptObjectException>(() => CopyAsync(blob, 0, content.Length));
        Assert.Null(await Here.Open.Blobs.FindForPushAsync(Here.At("b"), blob.Digest));
        Assert.NotNull(await Here.Open.Blobs.FindAsync(Here.At("b"), blob.Digest));
        Assert.False(await Here.Open.Uploads.MountAsync(Here.At("c"), Here.At("a"), blob.Digest));

        var replaced = await PushAsync("b", content, [content.Length]);
        Assert.NotEqual(blob.ObjectId, replaced.ObjectId);
        Same.Bytes(content, await Here.PullAsync("a", blob.Digest));
        Same.Bytes(content, await Here.PullAsync("b", blob.Digest));
        await Here.CleanUpFilesAsync();
        Assert.Equal(1, Here.CountFiles());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Verify_DamagedBlob_MakesTheNextPushReplaceIt()
    {
        var content = Content(70_000);
        var blob = await PushAsync("a", content, [content.Length]);
        Damage(blob.Parts[0]);
        Assert.Single((await Here.Open.Verification.RunAsync(deep: true, Cancellation)).Findings);
        await PushAsync("a", content, [content.Length]);
        Same.Bytes(content, await Here.PullAsync("a", blob.Digest));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task CopyTo_StoreAway_IsUnavailableAndNothingCountsAsDamaged()
    {
        var blob = await PushAsync("a", Content(3 * MiB), [MiB, MiB, MiB]);
        Directory.Move(Here.Directory.Objects, Here.Directory.Objects + ".away");
        await AssertErrorAsync(OciErrors.Unavailable, () => CopyAsync(blob, 0, 10));
        Assert.NotEmpty((await Here.Open.Verification.RunAsync(deep: false, Cancellation)).Findings);
        Directory.Move(Here.Directory.Objects + ".away", Here.Directory.Objects);
        Assert.NotNull(await Here.Open.Blobs.FindForPushAsync(Here.At("a"), blob.Digest));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Read_LaterPartCleanedUpMeanwhile_IsUnknownAndNoDamage()
    {
        var blob = await PushAsync("a", Content(2 * MiB), [MiB, MiB]);
        using var reader = Here.Open.Blobs.Open(blob);
        await reader.PrepareAsync(0, Cancellation);
        await Here.Open.Blobs.DeleteAsync(Here.At("a"), blob.Digest);
        await Here.CleanUpFilesAsync();
        Assert.NotEqual(0, await reader.ReadAsync(0, new byte[100], Cancellation));
        await AssertErrorAsync(OciErrors.BlobUnknown, async () => await reader.ReadAsync(MiB, new byte[100], Cancellation));
    }

    private async Task<Blob> PushAsync(string repository, byte[] content, int[] chunks)
    {
        var access = Here.At(repository);
        var upload = await Here.Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256);
        var at = 0;
        foreach (var count in chunks)
        {
            await Here.Open.Uploads.AppendAsync(access, upload.Id, at, Body(content.AsMemory(at, count)), Cancellation);
            at += count;
        }
        var digest = DigestOf(content);
        await Here.Open.Uploads.CommitAsync(access, upload.Id, digest, first: null, Body(default), Cancellation);
        return (await Here.Open.Blobs.FindAsync(access, digest))!;
    }

    private async Task<byte[]> CopyAsync(Blob blob, int first, int count)
    {
        using var reader = Here.Open.Blobs.Open(blob);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await reader.PrepareAsync(first, Cancellation);
        await reader.CopyToAsync(pipe.Writer, first, count, Cancellation);
        await pipe.Writer.CompleteAsync();
        using var copy = new MemoryStream();
        await pipe.Reader.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    private string PathOf(SealedObject part)
    {
        var name = part.Id.ToString("N");
        return Path.Combine(Here.Directory.Objects, name[30..], name);
    }

    private void Damage(SealedObject part)
    {
        var bytes = File.ReadAllBytes(PathOf(part));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(PathOf(part), bytes);
    }
}
