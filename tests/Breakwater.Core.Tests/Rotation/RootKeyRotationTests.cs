using System.IO.Pipelines;
using Breakwater.Core.Blobs;
using Breakwater.Core.Keys;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Tests.Keys;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Rotation;

public sealed class RootKeyRotationTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<Guid> StartUploadAsync(TestInstallation here, params byte[][] chunks)
    {
        var upload = await here.Open.Uploads.StartAsync(here.At("a"), DigestAlgorithm.Sha256);
        foreach (var chunk in chunks)
            await AppendAsync(here, upload.Id, chunk);
        return upload.Id;
    }

    private static Task<UploadStatus> AppendAsync(TestInstallation here, Guid upload, byte[] chunk) =>
        here.Open.Uploads.AppendAsync(here.At("a"), upload, null, Body(chunk), Cancellation);

    private static Task<long> CommitAsync(TestInstallation here, Guid upload, Digest digest) =>
        here.Open.Uploads.CommitAsync(here.At("a"), upload, digest, null, Body(default), Cancellation);

    private static async Task<byte[]> ManifestAsync(TestInstallation here, string reference) =>
        (await here.Open.Manifests.FindAsync(here.At("a"), ManifestReference.Parse(reference)))!.Body.ToArray();

    [Fact]
    public async Task Rotation_AllKindsOfContent_EndsWithTheNewKeyAloneAndTheSameContent()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        await here.SetPoliciesAsync(bench.Fleet.Registries.First.Policies with { SoftDelete = new SoftDeletePolicy(true, 7) });
        var image = await here.PushImageAsync("a", "v1");
        var gone = await here.PushImageAsync("a", "v2", seed: 2);
        await here.Open.Manifests.DeleteAsync(here.At("a"), gone);
        // Large enough to stay in parts.
        byte[] first = Content(1_200_000, 5), second = Content(1_300_000, 6), whole = [.. first, .. second];
        var parted = DigestOf(whole);
        await CommitAsync(here, await StartUploadAsync(here, first, second), parted);
        var empty = await here.PushAsync("a", []);
        var upload = await StartUploadAsync(here, first, second);
        var before = (await ManifestAsync(here, "v1"), await here.QueryAsync<long>("SELECT size_bytes FROM registry"));

        Assert.Equal((2, RotationState.ReEncrypting, 8), await bench.BeginAsync() is { } begun ? (begun.Epoch, begun.State, begun.TotalItems) : default);
        var fresh = await here.PushAsync("a", Content(10, 9));
        Assert.Equal(2, await here.QueryAsync<int>("SELECT epoch FROM object WHERE digest = @fresh", new { fresh }));
        await bench.FinishAsync();

        Assert.Equal(("2", "2"), await bench.EpochsAsync());
        Assert.Equal(1, bench.Done);
        var state = await bench.StateAsync();
        Assert.Equal((state.TotalItems, state.TotalBytes, 0, 0), (state.DoneItems, state.DoneBytes, state.Unreadable, state.Uploads));
        await here.AssertSoundAsync();
        // Nothing of it comes from memory.
        await here.ReopenAsync();
        Same.Bytes(before.Item1, await ManifestAsync(here, "v1"));
        Same.Bytes(whole, await here.PullAsync("a", parted));
        Same.Bytes(Array.Empty<byte>(), await here.PullAsync("a", empty));
        Assert.Equal(1, await here.QueryAsync<int>("SELECT COUNT(*) FROM upload_run"));
        await CommitAsync(here, upload, parted);
        Assert.NotNull(await here.Open.Restore.RestoreAsync(here.At("a"), gone, TagName.Parse("back"), force: false));
        Same.Bytes(Content(70_000, 2), await here.PullAsync("a", DigestOf(Content(70_000, 2))));
        Assert.NotNull(await here.Open.Manifests.FindAsync(here.At("a"), ManifestReference.Parse(image.Value)));
        await here.AssertSoundAsync();
        var files = here.CountFiles();
        await here.CleanUpFilesAsync();
        Assert.True(here.CountFiles() < files);
        await here.AssertSoundAsync();
    }

    [Fact]
    public async Task Rotation_NoTraceOfTheOldWrappedKey_IsLeftInTheDatabase()
    {
        await using var bench = await RotationBench.StartAsync();
        await bench.Here.PushImageAsync("a", "v1");
        var wrapped = await bench.Here.QueryAsync<byte[]>("SELECT wrapped FROM root_key WHERE owner_id = @Id", new { bench.Id });
        Assert.True(await HasAsync());
        await bench.BeginAsync();
        await bench.FinishAsync();
        Assert.False(await HasAsync());

        async Task<bool> HasAsync()
        {
            foreach (var file in Directory.GetFiles(bench.Here.Directory.Path, "*.db*", SearchOption.AllDirectories))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var bytes = new byte[stream.Length];
                await stream.ReadExactlyAsync(bytes, Cancellation);
                if (bytes.AsSpan().IndexOf(wrapped) >= 0)
                    return true;
            }
            return false;
        }
    }

    [Fact]
    public async Task Begin_OneUnderWay_IsRefusedUntilItHasEnded()
    {
        await using var bench = await RotationBench.StartAsync();
        Assert.NotNull(await bench.BeginAsync());
        Assert.Null(await bench.BeginAsync());
        await bench.FinishAsync();
        Assert.Equal(3, (await bench.BeginAsync())!.Epoch);
        await bench.FinishAsync();
        Assert.Equal("3", (await bench.EpochsAsync()).Keys);
    }

    [Fact]
    public async Task Run_DamagedContent_KeepsTheOldKeyUntilItIsPushedAgain()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        byte[] content = Content(200_000);
        var digest = await here.PushAsync("a", content);
        var sound = await here.PushAsync("a", Content(300_000, 2));
        var id = await here.QueryAsync<Guid>("SELECT id FROM object WHERE digest = @digest", new { digest });
        var file = Directory.GetFiles(here.Directory.Objects, $"*{id:N}*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes[100_000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancellation);

        await bench.BeginAsync();
        var state = await bench.RunAsync();
        state = await bench.RunAsync(TimeSpan.FromHours(2));
        Assert.Equal((RotationState.ReEncrypting, 1, 1), (state.State, state.Unreadable, state.DoneItems));
        Assert.Single(bench.Corrupt);
        Assert.Equal("1,2", (await bench.EpochsAsync()).Keys);
        Same.Bytes(Content(300_000, 2), await here.PullAsync("a", sound));

        await here.PushAsync("a", content);
        await bench.FinishAsync();
        Same.Bytes(content, await here.PullAsync("a", digest));
        await here.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_UploadInUse_WaitsForIt()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        byte[] content = Content(150_000);
        var upload = await StartUploadAsync(here, content[..50_000]);
        RootKeyRotation? during = null;
        // The body is under way while the key is exchanged: what it writes is under the old one.
        var body = new Pipe();
        var append = here.Open.Uploads.AppendAsync(here.At("a"), upload, null, body.Reader, Cancellation);
        await body.Writer.WriteAsync(content.AsMemory(50_000, 70_000), Cancellation);
        await bench.BeginAsync();
        await bench.RunAsync();
        during = await bench.RunAsync(TimeSpan.FromMinutes(50));
        Assert.Equal((RotationState.ReEncrypting, 1), (during.State, during.Uploads));
        await body.Writer.WriteAsync(content.AsMemory(120_000), Cancellation);
        await body.Writer.CompleteAsync();
        Assert.Equal(150_000, (await append).SizeBytes);

        await bench.FinishAsync();
        await CommitAsync(here, upload, DigestOf(content));
        Same.Bytes(content, await here.PullAsync("a", DigestOf(content)));
        await here.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_TransferUnderWay_IsLetEndAndCutOnlyAfterAnHour()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        byte[] content = Content(500_000);
        var digest = await here.PushAsync("a", content);
        using var reading = here.Open.Blobs.Open((await here.Open.Blobs.FindAsync(here.At("a"), digest))!);
        var buffer = new byte[65_536];
        Assert.Equal(65_536, await reading.ReadAsync(0, buffer, Cancellation));

        await bench.BeginAsync();
        await bench.RunAsync();
        Assert.Equal(RotationState.Closing, (await bench.RunAsync(TimeSpan.FromMinutes(50))).State);
        Assert.Equal(65_536, await reading.ReadAsync(65_536, buffer, Cancellation));
        Same.Bytes(content.AsMemory(65_536, 65_536), buffer);

        Assert.Equal(RotationState.Done, (await bench.RunAsync(TimeSpan.FromMinutes(15))).State);
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await reading.ReadAsync(131_072, buffer, Cancellation));
        Same.Bytes(content, await here.PullAsync("a", digest));
    }

    [Fact]
    public async Task Run_NothingUsesTheOldKey_StillWaitsAMinuteForWhoHasLookedItUp()
    {
        await using var bench = await RotationBench.StartAsync();
        var digest = await bench.Here.PushAsync("a", Content(500_000));
        var blob = await bench.Here.Open.Blobs.FindAsync(bench.Here.At("a"), digest);
        await bench.BeginAsync();
        Assert.Equal(RotationState.Closing, (await bench.RunAsync()).State);
        Assert.Equal(RotationState.Closing, (await bench.RunAsync(Minute / 2)).State);
        using (var reading = bench.Here.Open.Blobs.Open(blob!))
            Assert.Equal(100, await reading.ReadAsync(0, new byte[100], Cancellation));
        Assert.Equal(RotationState.Done, (await bench.RunAsync(Minute)).State);
    }

    [Fact]
    public async Task Store_SealedUnderAClosedKey_IsRefusedAndLosesNothing()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        await here.PushAsync("a", [1]);
        await bench.BeginAsync();
        Assert.Equal(RotationState.Closing, (await bench.RunAsync()).State);
        var late = new UploadRun(0, Guid.NewGuid(), 1, 10);
        await AssertErrorAsync(OciErrors.Unavailable, () => here.Open.Database.WriteAsync(db => BlobRows.Add(db, bench.Id, DigestOf([2]), [late], here.Clock.GetUtcNow())));
        await AssertErrorAsync(OciErrors.Unavailable, () => here.Open.Database.WriteAsync(db => BlobRows.Add(db, bench.Id, DigestOf([2]), [late with { Epoch = 2 }, late], here.Clock.GetUtcNow())));
        Assert.Equal(1, await here.QueryAsync<int>("SELECT COUNT(*) FROM object"));
        await bench.FinishAsync();
        await here.AssertSoundAsync();
    }

    /// <summary>Each step is what the next start goes on from.</summary>
    [Fact]
    public async Task Run_ProcessEndsAfterEveryStep_GoesOn()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        var image = await here.PushImageAsync("a", "v1");
        await bench.BeginAsync();
        foreach (var expected in new[] { RotationState.Closing, RotationState.Done })
        {
            await here.ReopenAsync();
            await here.PushAsync("a", Content(1000, (int)expected + 10));
            Assert.Equal(expected, (await bench.RunAsync(Minute * 2)).State);
        }
        await here.ReopenAsync();
        Assert.Equal(("2", "2"), await bench.EpochsAsync());
        Assert.NotNull(await here.Open.Manifests.FindAsync(here.At("a"), ManifestReference.Parse(image.Value)));
        await here.AssertSoundAsync();
    }

    [Fact]
    public async Task Rotation_KeyMovedAndRefusedMeanwhile_WaitsAndEndsUnderTheOtherKey()
    {
        var store = new MemoryKeyStore().Add("one").Add("two");
        await using var bench = await RotationBench.StartAsync([store.As()]);
        var (here, fleet) = (bench.Here, bench.Fleet);
        fleet.Store = fleet.NewStore();
        await SetKeyAsync("mem:one");
        var digest = await here.PushAsync("a", Content(200_000));
        await bench.BeginAsync();
        Assert.Equal("mem,mem", await ProvidersAsync());

        store.Refused.Add("mem:one");
        var watch = new KeyWatch(here.Open.Database, here.Open.Keys, new KeyWatchOptions(), here.Clock);
        await watch.CheckAsync(Cancellation);
        Assert.Equal((RotationState.ReEncrypting, 0), (await bench.RunAsync(Minute)) is var waiting ? (waiting.State, waiting.DoneItems) : default);
        store.Refused.Clear();
        await watch.CheckAsync(Cancellation);

        await SetKeyAsync("mem:two");
        await bench.FinishAsync();
        Assert.Equal("mem", await ProvidersAsync());
        store.Refused.Add("mem:one");
        await here.ReopenAsync();
        Same.Bytes(Content(200_000), await here.PullAsync("a", digest));
        await here.AssertSoundAsync();

        Task SetKeyAsync(string key) => fleet.Store.ChangeAsync(fleet.Managing(fleet.Registries.First), new RegistryChange { Encryption = new EncryptionChange(key) });
        Task<string> ProvidersAsync() => here.QueryAsync<string>("SELECT GROUP_CONCAT(provider) FROM root_key WHERE owner_id = @Id", new { bench.Id });
    }

    [Fact]
    public async Task Begin_KeyRefused_ChangesNothing()
    {
        var store = new MemoryKeyStore().Add("one");
        await using var bench = await RotationBench.StartAsync([store.As()]);
        bench.Fleet.Store = bench.Fleet.NewStore();
        await bench.Fleet.Store.ChangeAsync(bench.Fleet.Managing(bench.Fleet.Registries.First), new RegistryChange { Encryption = new EncryptionChange("mem:one") });
        store.Refused.Add("mem:one");
        await Assert.ThrowsAsync<Core.Identity.InvalidValueException>(bench.BeginAsync);
        store.Refused.Clear();
        store.IsAway = true;
        await AssertErrorAsync(OciErrors.Unavailable, bench.BeginAsync);
        Assert.Equal("1", (await bench.EpochsAsync()).Keys);
    }

    /// <summary>The write that began it was durable, and who asked for it never heard of that.</summary>
    [Fact]
    public async Task Run_CurrentKeyIsStillTheOldOne_TakesTheNewOne()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        await here.PushImageAsync("a", "v1");
        var store = await here.Open.Keys.PrepareAsync(bench.Id, KeyTarget.Service(here.Open.Keys.Providers), 2, Cancellation);
        await here.Open.Database.WriteAsync(db =>
        {
            RotationRows.Begin(db, bench.Id, 2, (3, 0), here.Clock.GetUtcNow());
            return store(db);
        });
        await here.PushAsync("a", [1, 2, 3]);
        Assert.Equal("1", (await bench.EpochsAsync()).Content);
        await bench.FinishAsync();
        Assert.Equal(("2", "2"), await bench.EpochsAsync());
        await here.AssertSoundAsync();
    }

    /// <summary>Who sends slowly enough must not keep the old key alive.</summary>
    [Fact]
    public async Task Run_UploadInUseForMoreThanAnHour_IsGivenUp()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        var upload = await StartUploadAsync(here, Content(50_000));
        var body = new Pipe();
        var append = here.Open.Uploads.AppendAsync(here.At("a"), upload, null, body.Reader, Cancellation);
        await body.Writer.WriteAsync(Content(70_000), Cancellation);
        await bench.BeginAsync();
        Assert.Equal((RotationState.ReEncrypting, 1), await bench.RunAsync() is var during ? (during.State, during.Uploads) : default);
        Assert.Equal(RotationState.Closing, (await bench.RunAsync(TimeSpan.FromMinutes(61))).State);
        Assert.Equal(RotationState.Done, (await bench.RunAsync(TimeSpan.FromMinutes(61))).State);

        await body.Writer.WriteAsync(Content(1_000), Cancellation);
        await body.Writer.CompleteAsync();
        Assert.NotNull(await Record.ExceptionAsync(() => append));
        Assert.NotNull(await Record.ExceptionAsync(() => AppendAsync(here, upload, [1])));
        Assert.Equal(("2", ""), await bench.EpochsAsync());
        await here.AssertSoundAsync();
    }

    /// <summary>One request that holds its upload makes the rotation copy all that the upload has, at every look.</summary>
    [Fact]
    public async Task Run_UploadHeldByARequest_IsNotCopiedAtEveryLook()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        var upload = await here.Open.Uploads.StartAsync(here.At("a"), DigestAlgorithm.Sha256);
        await here.Open.Uploads.AppendAsync(here.At("a"), upload.Id, null, Body(Content(2_000_000)), Cancellation);
        var body = new Pipe();
        var append = here.Open.Uploads.AppendAsync(here.At("a"), upload.Id, null, body.Reader, Cancellation);
        await body.Writer.WriteAsync(new byte[1], Cancellation);
        await bench.BeginAsync();
        using var watcher = new FileSystemWatcher(here.Directory.Objects) { IncludeSubdirectories = true };
        var created = 0;
        watcher.Created += (_, _) => Interlocked.Increment(ref created);
        watcher.EnableRaisingEvents = true;
        for (var i = 0; i < 5; i++)
            await bench.RunAsync(TimeSpan.FromMinutes(5));
        await Task.Delay(300, Cancellation);
        await body.Writer.CompleteAsync();
        await append;
        Assert.InRange(created, 0, 1);
    }

    /// <summary>Damaged content is said to let the rotation go on once it is pushed again.</summary>
    [Fact]
    public async Task Run_DamagedManifest_GoesOnOnceItIsPushedAgain()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        await here.PushImageAsync("a", "v1");
        var body = (await here.Open.Manifests.FindAsync(here.At("a"), ManifestReference.Parse("v1")))!.Body.ToArray();
        await here.ExecuteAsync("UPDATE manifest SET body = CAST(substr(body, 1, length(body) - 1) || x'00' AS BLOB)");
        await bench.BeginAsync();
        Assert.Equal(1, (await bench.RunAsync()).Unreadable);
        await here.PutManifestAsync("a", body, "v1");
        await bench.FinishAsync();
    }

    /// <summary>Purges by "not pulled for" go by this count.</summary>
    [Fact]
    public async Task Rotation_ManifestThatIsInMemory_ItsPullsGoOnCounting()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        var digest = await here.PushImageAsync("a", "v1");
        await PullAsync();
        Assert.Equal(1, await PullsAsync());
        await bench.BeginAsync();
        await bench.FinishAsync();
        await PullAsync();
        Assert.Equal(2, await PullsAsync());

        async Task PullAsync() => here.Open.Manifests.Count((await here.Open.Manifests.FindForPullAsync(here.At("a"), ManifestReference.Parse(digest.Value)))!.Value);

        async Task<long> PullsAsync()
        {
            await here.Open.Pulls.WriteAsync();
            return await here.QueryAsync<long>("SELECT pulls FROM manifest_pull WHERE digest = @digest", new { digest });
        }
    }

    /// <summary>"Whoever reads the old one reads on", also where it has parts.</summary>
    [Fact]
    public async Task Rotation_BlobInPartsIsBeingRead_IsReadToItsEnd()
    {
        await using var bench = await RotationBench.StartAsync();
        var here = bench.Here;
        byte[] first = Content(1_200_000, 5), second = Content(1_300_000, 6), whole = [.. first, .. second];
        var upload = await here.Open.Uploads.StartAsync(here.At("a"), DigestAlgorithm.Sha256);
        foreach (var chunk in new[] { first, second })
            await here.Open.Uploads.AppendAsync(here.At("a"), upload.Id, null, Body(chunk), Cancellation);
        await here.Open.Uploads.CommitAsync(here.At("a"), upload.Id, DigestOf(whole), null, Body(default), Cancellation);
        using var reading = here.Open.Blobs.Open((await here.Open.Blobs.FindAsync(here.At("a"), DigestOf(whole)))!);
        var buffer = new byte[65_536];
        Assert.Equal(65_536, await reading.ReadAsync(0, buffer, Cancellation));
        await bench.BeginAsync();
        Assert.Equal(RotationState.Closing, (await bench.RunAsync()).State);
        // Well within the hour that transfers are given.
        await here.CleanUpFilesAsync();
        Assert.Equal(65_536, await reading.ReadAsync(1_200_000, buffer, Cancellation));
    }
}
