using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Storage;

/// <summary>A disk that is really full, or really read-only: pushes are refused with 503, pulls go on, and no restart is needed afterwards.</summary>
public sealed class FullDiskTests : FaultTest
{
    private const string Repository = "faults/full";
    private const int DiskMiB = 40, BlobBytes = 3_000_000;

    private ServerOptions SmallDisk => Options with { Arguments = [.. ServerOptions.QuickCleanUp, "--min-free-space", "4MiB"] };

    [Fact]
    public async Task Push_DiskFull_Is503AndWorksOnceTheDiskIsLarger()
    {
        await using var disk = await Tmpfs.MountAsync(DataDirectory, DiskMiB);
        await using var server = await ServerProcess.StartAsync(SmallDisk);
        using var client = server.CreateClient();
        var image = TestManifest.RandomImage(Content);
        Assert.Equal(201, (await client.PushAsync(Repository, "kept", image)).Code);
        await FillAsync(client);

        await AssertPullableAsync(client, Repository, "kept", image);
        await disk.ResizeAsync(4 * DiskMiB);

        await AssertPushRecoversAsync(client);
        await AssertPullableAsync(client, Repository, "kept", image);
        await AssertVerifiesAsync(server);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task Push_DiskFull_DeletingMakesRoomWithoutARestart()
    {
        await using var disk = await Tmpfs.MountAsync(DataDirectory, DiskMiB);
        await using var server = await ServerProcess.StartAsync(SmallDisk);
        using var client = server.CreateClient();
        var image = TestManifest.RandomImage(Content);
        Assert.Equal(201, (await client.PushAsync(Repository, "kept", image)).Code);
        var pushed = await FillAsync(client);

        foreach (var blob in pushed)
        {
            var reply = await client.DeleteBlobAsync(Repository, blob.Digest);
            Assert.True(reply.Code is 202 or 404, $"Deleting on a full disk: {reply}");
        }

        await AssertPushRecoversAsync(client);
        await AssertPullableAsync(client, Repository, "kept", image);
        await AssertVerifiesAsync(server);
    }

    [Fact]
    public async Task Push_ObjectsRemountedReadOnly_Is503AndWorksOnceWritable()
    {
        var image = TestManifest.RandomImage(Content);
        await using (var first = await ServerProcess.StartAsync(Options))
        {
            using var client = first.CreateClient();
            Assert.Equal(201, (await client.PushAsync(Repository, "kept", image)).Code);
            Assert.Equal(0, await first.TerminateAsync());
        }
        var aside = Folder["aside"];
        Directory.Move(ObjectsDirectory, aside);
        await using var disk = await Tmpfs.MountAsync(ObjectsDirectory, sizeMiB: 128);
        await Tool.Require("cp").RunAsync(["-a", aside + "/.", ObjectsDirectory]);

        await using var server = await ServerProcess.StartAsync(Options);
        using var pusher = server.CreateClient();
        await disk.RemountAsync("ro");
        var refused = await pusher.PushBlobAsync(Repository, Content.Blob(BlobBytes));
        await AssertPullableAsync(pusher, Repository, "kept", image);
        await disk.RemountAsync("rw");

        Assert.Equal(503, refused.Code);
        await AssertPushRecoversAsync(pusher);
        await AssertVerifiesAsync(server);
        await server.TerminateAsync();
    }

    /// <summary>Pushes until the disk is full, and some more.</summary>
    private async Task<List<TestBlob>> FillAsync(RegistryClient client)
    {
        var pushed = new List<TestBlob>();
        var refused = 0;
        for (var count = 0; count < 3 * DiskMiB && refused < 3; count++)
        {
            var blob = Content.Blob(BlobBytes);
            var reply = await TryAsync(() => client.PushBlobAsync(Repository, blob));
            Assert.True(reply is null or { Code: 201 or 503 }, $"On a filling disk: {reply}");
            if (reply?.Code == 201)
                pushed.Add(blob);
            else
                refused++;
            if (reply?.Code == 503)
                Assert.Contains("UNAVAILABLE", reply.ErrorCodes);
        }
        Assert.True(refused > 0, "The disk never filled.");
        return pushed;
    }

    private async Task AssertPushRecoversAsync(RegistryClient client)
    {
        var blob = Content.Blob(BlobBytes);
        await Eventually.HoldsAsync(async () => (await client.PushBlobAsync(Repository, blob)).Code == 201, "a push works again without a restart");
        await AssertPullableAsync(client, Repository, blob);
    }
}
