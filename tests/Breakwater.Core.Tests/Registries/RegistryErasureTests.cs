using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Keys;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Tests.Registries;

public sealed class RegistryErasureTests
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    [Fact]
    public async Task Run_WindowNotOver_LeavesTheRegistryToBeRecovered()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (registry, digest, content) = await WithContentAsync(fleet);
        await fleet.DeleteAsync(registry);
        fleet.Installation.Clock.Advance(Window - TimeSpan.FromMinutes(1));

        await RunAsync(fleet);
        var recovered = (await fleet.Store.RecoverAsync(fleet.Managing(ManagementActions.RecoverRegistry), "fleet")).Registry!;

        Assert.Equal(content, await ReadAsync(fleet, recovered, digest));
        await fleet.Installation.AssertSoundAsync();
    }

    [Fact]
    public async Task Run_WindowOver_LeavesNoKeyInAnyFileAndNothingOfTheContent()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (registry, _, _) = await WithContentAsync(fleet);
        await fleet.Installation.PushImageAsync("kept", "v1", seed: 9);
        var wrapped = await fleet.Installation.QueryAsync<byte[]>("SELECT wrapped FROM root_key WHERE owner_id = @Id", new { registry.Id });
        Assert.NotEmpty(FilesWith(fleet, wrapped));
        await fleet.DeleteAsync(registry);
        fleet.Installation.Clock.Advance(Window + TimeSpan.FromMinutes(1));

        await RunAsync(fleet);

        Assert.Empty(FilesWith(fleet, wrapped));
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await fleet.Installation.Open.Keys.CurrentAsync(registry.Id, CancellationToken.None));
        foreach (var table in new[] { "repository", "object", "scope_map" })
            Assert.Equal(0, await fleet.Installation.QueryAsync<int>($"SELECT COUNT(*) FROM {table} WHERE registry_id = @Id", new { registry.Id }));
        Assert.Equal(0, await fleet.Installation.QueryAsync<int>("SELECT COUNT(*) FROM registry WHERE id = @Id", new { registry.Id }));
        await fleet.Installation.CleanUpFilesAsync();
        Assert.Equal(2, fleet.Installation.CountFiles());
        Assert.Equal(["v1"], await fleet.Installation.TagsAsync("kept"));
        Assert.NotNull(await fleet.CreateAsync("fleet"));
        await fleet.Installation.AssertSoundAsync();
    }

    /// <summary>The process ends after each of the steps; the state is sound, and the next one goes on.</summary>
    [Fact]
    public async Task Run_KeysDestroyedAndThenCutOff_IsSoundAndGoesOnAfterTheStart()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (registry, _, _) = await WithContentAsync(fleet);
        await fleet.DeleteAsync(registry);
        await fleet.Installation.ExecuteAsync("UPDATE registry SET erasing = 1, name = id WHERE id = @Id; DELETE FROM root_key WHERE owner_id = @Id", new { registry.Id });

        await fleet.Installation.ReopenAsync();
        await fleet.Installation.AssertSoundAsync();
        await RunAsync(fleet);

        Assert.Equal(0, await fleet.Installation.QueryAsync<int>("SELECT COUNT(*) FROM registry WHERE id = @Id", new { registry.Id }));
        await fleet.Installation.AssertSoundAsync();
    }

    /// <summary>Between the look and the deed somebody recovers it.</summary>
    [Fact]
    public async Task Erase_RecoveredMeanwhile_TouchesNothing()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (registry, digest, content) = await WithContentAsync(fleet);
        await fleet.DeleteAsync(registry);
        var found = await fleet.Store.FindForPurgeAsync(fleet.Managing(ManagementActions.PurgeRegistry), "fleet");
        var recovered = (await fleet.Store.RecoverAsync(fleet.Managing(ManagementActions.RecoverRegistry), "fleet")).Registry!;

        Assert.Equal(ErasureOutcome.NotDeleted, await fleet.Installation.Open.Erasure.EraseAsync(found!.Value, fleet.Installation.Clock.GetUtcNow(), CancellationToken.None));

        await fleet.Installation.Open.Erasure.ContinueAsync(CancellationToken.None);
        Assert.Equal(content, await ReadAsync(fleet, recovered, digest));
        await fleet.Installation.AssertSoundAsync();
    }

    [Fact]
    public async Task Erase_WhileAnOlderStateIsRead_DestroysTheKeysAndGoesOnLater()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (registry, _, _) = await WithContentAsync(fleet);
        var wrapped = await fleet.Installation.QueryAsync<byte[]>("SELECT wrapped FROM root_key WHERE owner_id = @Id", new { registry.Id });
        await fleet.DeleteAsync(registry);
        using var older = new SqliteConnection($"Data Source={fleet.Installation.Directory.Database};Pooling=False");
        older.Open();
        var reading = older.BeginTransaction(deferred: true);
        older.ExecuteScalar<long>("SELECT COUNT(*) FROM registry", transaction: reading);

        var outcome = await fleet.Installation.Open.Erasure.EraseAsync(registry.Id, fleet.Installation.Clock.GetUtcNow(), CancellationToken.None);
        reading.Dispose();

        Assert.Equal(ErasureOutcome.JournalInUse, outcome);
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await fleet.Installation.Open.Keys.CurrentAsync(registry.Id, CancellationToken.None));
        await fleet.Installation.Open.Erasure.ContinueAsync(CancellationToken.None);

        Assert.Empty(FilesWith(fleet, wrapped));
        await fleet.Installation.AssertSoundAsync();
    }

    [Fact]
    public async Task Erase_OfARegistryWithAPrivateEndpoint_LeavesNoConnectionInMemory()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (connections, endpoints) = (fleet.Installation.Open.PrivateConnections, new Core.PrivateEndpoints.PrivateEndpoints(fleet.Installation.Open.Database, fleet.Installation.Open.PrivateConnections, fleet.Installation.Clock));
        var registry = await fleet.CreateAsync("fleet");
        var request = new EndpointRequest(registry, ConnectionTerms.Require("vpn", ["10.8.0.0/24"], null), IsManual: false, "", new Dictionary<string, string>());
        await endpoints.PutAsync(fleet.Managing(ManagementActions.PrivateEndpointsWrite), "one", request);
        Assert.True(connections.Admit(registry.Id, "vpn", IPAddress.Parse("10.8.0.7"), null));
        // A deleted one can be recovered, with whom it has approved.
        await fleet.DeleteAsync(registry);
        Assert.Single(connections.Of(registry.Id));
        var version = fleet.Registries.Version;

        await fleet.Installation.Open.Erasure.EraseAsync(registry.Id, fleet.Installation.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Empty(connections.Of(registry.Id));
        Assert.False(connections.Admit(registry.Id, "vpn", IPAddress.Parse("10.8.0.7"), null));
        Assert.True(fleet.Registries.Version > version);
        Assert.Null((await endpoints.FindAsync(fleet.Managing(ManagementActions.PrivateEndpointsRead), "one"))!.Connection);
        Assert.True(await endpoints.DeleteAsync(fleet.Managing(ManagementActions.PrivateEndpointsDelete), "one"));
        Assert.Empty(connections.Of(registry.Id));
    }

    [Fact]
    public async Task Forget_KeyInUse_IsNoKeyOfZeros()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = await fleet.CreateAsync("fleet");
        var held = await fleet.Installation.Open.Keys.CurrentAsync(registry.Id, CancellationToken.None);
        await fleet.DeleteAsync(registry);

        Assert.Equal(ErasureOutcome.Done, await fleet.Installation.Open.Erasure.EraseAsync(registry.Id, fleet.Installation.Clock.GetUtcNow(), CancellationToken.None));

        Assert.Throws<KeyUnavailableException>(() => held.Derive([], [], new byte[32]));
    }

    /// <summary>As the background work does.</summary>
    private static async Task RunAsync(RegistryFleet fleet)
    {
        var (erasure, before) = (fleet.Installation.Open.Erasure, fleet.Installation.Clock.GetUtcNow() - Window);
        await erasure.ContinueAsync(CancellationToken.None);
        foreach (var due in await erasure.FindDueAsync(before))
            Assert.Equal(ErasureOutcome.Done, await erasure.EraseAsync(due.Id, before, CancellationToken.None));
    }

    private static async Task<(Registry Registry, Digest Digest, byte[] Content)> WithContentAsync(RegistryFleet fleet)
    {
        var registry = await fleet.CreateAsync("fleet");
        var content = TestInstallation.Content(100_000);
        var digest = TestInstallation.DigestOf(content);
        var (access, open) = (fleet.At(registry, "team/app"), fleet.Installation.Open);
        var upload = await open.Uploads.StartAsync(access, DigestAlgorithm.Sha256);
        await open.Uploads.CommitAsync(access, upload.Id, digest, first: null, TestInstallation.Body(content), CancellationToken.None);
        await open.Manifests.PutAsync(access, ManifestReference.Parse("v1"), [], TestInstallation.ManifestOf([digest]), contentType: null);
        return (registry, digest, content);
    }

    private static async Task<byte[]> ReadAsync(RegistryFleet fleet, Registry registry, Digest digest)
    {
        var blob = await fleet.Installation.Open.Blobs.FindAsync(fleet.At(registry, "team/app"), digest);
        using var reader = fleet.Installation.Open.Blobs.Open(blob!);
        var content = new byte[blob!.SizeBytes];
        int read;
        for (var at = 0; (read = await reader.ReadAsync(at, content.AsMemory(at), CancellationToken.None)) > 0;)
            at += read;
        return content;
    }

    private static List<string> FilesWith(RegistryFleet fleet, byte[] marker) =>
        [.. Directory.EnumerateFiles(fleet.Installation.Directory.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock" && Contains(file, marker))];

    private static bool Contains(string file, byte[] marker)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(marker) >= 0;
    }
}
