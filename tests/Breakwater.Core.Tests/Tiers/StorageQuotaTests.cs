using Breakwater.Core.Registries;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Tests.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Tiers;

public sealed class StorageQuotaTests
{
    private const int BlobBytes = 10_000, Fitting = 20;

    /// <summary>64 pushes at once where there is room for twenty.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_ParallelPushesAtTheEdge_NeverExceedAndLeaveNoReservation(bool announced)
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = Limited(await fleet.CreateAsync("fleet"), (BlobBytes * Fitting) + (BlobBytes / 2));

        var pushes = await Task.WhenAll(Enumerable.Range(0, 64).Select(seed => Task.Run(() => TryPushAsync(fleet, registry, TestInstallation.Content(BlobBytes, seed), announced))));

        var stored = await StoredAsync(fleet, registry);
        Assert.Equal(stored, pushes.Count(done => done) * BlobBytes);
        Assert.InRange(stored, 1, registry.Plan.Limits.MaxBytes);
        Assert.Equal(0, fleet.Installation.Open.Quota.ReservedIn(registry.Id));
        // Whoever was refused while others held room finds it now.
        for (var seed = 100; await TryPushAsync(fleet, registry, TestInstallation.Content(BlobBytes, seed), announced); seed++)
        {
        }
        Assert.Equal(BlobBytes * Fitting, await StoredAsync(fleet, registry));
        await fleet.Installation.AssertSoundAsync();
    }

    [Fact]
    public async Task Append_AnnouncedBeyondTheRoom_IsRefusedBeforeAByteIsRead()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = Limited(await fleet.CreateAsync("fleet"), 1000);
        var access = fleet.At(registry, "a");
        var upload = await fleet.Installation.Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256);
        var body = TestInstallation.Body(TestInstallation.Content(2000));

        var refusal = await Assert.ThrowsAsync<OciException>(() => fleet.Installation.Open.Uploads.AppendAsync(access, upload.Id, null, new(body, 2000), CancellationToken.None));

        Assert.Equal(OciErrors.Denied, refusal.Error);
        Assert.Contains("1000 bytes", refusal.ClientMessage, StringComparison.Ordinal);
        Assert.Equal(0, fleet.Installation.Open.Quota.ReservedIn(registry.Id));
        Assert.Equal(0, fleet.Installation.CountFiles());
    }

    [Fact]
    public async Task Append_LargerThanABlobMayBe_IsRefused()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = Limited(await fleet.CreateAsync("fleet"), 1 << 20, maxBlob: 1000);
        var access = fleet.At(registry, "a");
        var upload = await fleet.Installation.Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256);

        await TestInstallation.AssertErrorAsync(OciErrors.PayloadTooLarge, () => fleet.Installation.Open.Uploads.AppendAsync(access, upload.Id, null, new(TestInstallation.Body(TestInstallation.Content(2000)), 2000), CancellationToken.None));
    }

    [Fact]
    public async Task Reservation_OfAnUploadThatGoesOnAfterARestart_IsTakenAgainAndEndsWithIt()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = Limited(await fleet.CreateAsync("fleet"), 1 << 20);
        var access = fleet.At(registry, "a");
        var upload = await fleet.Installation.Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256);
        await fleet.Installation.Open.Uploads.AppendAsync(access, upload.Id, null, TestInstallation.Body(TestInstallation.Content(5000)), CancellationToken.None);
        Assert.Equal(5000, fleet.Installation.Open.Quota.ReservedIn(registry.Id));

        await fleet.Installation.ReopenAsync(save: true);
        await fleet.Installation.Open.Uploads.FindAsync(access, upload.Id, CancellationToken.None);
        Assert.Equal(5000, fleet.Installation.Open.Quota.ReservedIn(registry.Id));

        await fleet.Installation.Open.Uploads.CancelAsync(access, upload.Id, CancellationToken.None);
        Assert.Equal(0, fleet.Installation.Open.Quota.ReservedIn(registry.Id));
    }

    private static Registry Limited(Registry registry, long maxBytes, long maxBlob = 1 << 30) =>
        registry with { Plan = registry.Plan with { Limits = registry.Plan.Limits with { MaxBytes = maxBytes, MaxBlobBytes = maxBlob } } };

    private static async Task<bool> TryPushAsync(RegistryFleet fleet, Registry registry, byte[] content, bool announced)
    {
        var (uploads, access) = (fleet.Installation.Open.Uploads, fleet.At(registry, "a"));
        var upload = await uploads.StartAsync(access, DigestAlgorithm.Sha256);
        try
        {
            await uploads.CommitAsync(access, upload.Id, TestInstallation.DigestOf(content), null, new(TestInstallation.Body(content), announced ? content.Length : null), CancellationToken.None);
            return true;
        }
        catch (OciException e) when (e.Error == OciErrors.Denied)
        {
            await uploads.CancelAsync(access, upload.Id, CancellationToken.None);
            return false;
        }
    }

    private static Task<long> StoredAsync(RegistryFleet fleet, Registry registry) => fleet.Installation.QueryAsync<long>("SELECT size_bytes FROM registry WHERE id = @Id", new { registry.Id });
}
