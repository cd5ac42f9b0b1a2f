using System.Collections.Concurrent;
using Breakwater.Faults.Tests.Injection;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Keys;

/// <summary>The exchange of a registry's root key while the process ends, the disk refuses, and clients go on.</summary>
public sealed class RootKeyRotationTests : FaultTest
{
    private const string Repository = "faults/rotation";

    private ServerOptions Quick => Options with { Arguments = ["--gc-interval", "1s", "--gc-file-delay", "1s", "--reencrypt-rate", "0"] };

    private static string PathOf(ServerProcess server, string tail) => HsmServer.PathOf(server, "local/" + tail);

    private static Task<RegistryReply> BeginAsync(RegistryClient client, ServerProcess server) => client.SendAsync(HttpMethod.Post, PathOf(server, "rotateRootKey"), null, null);

    private static async Task<(string State, int Epoch)> StateAsync(RegistryClient client, ServerProcess server)
    {
        var reply = await client.GetAsync(PathOf(server, "rootKeyRotation"));
        Assert.True(reply.Code == 200, $"{reply}");
        return ((string)reply.Json!["state"]!, (int?)reply.Json["epoch"] ?? 1);
    }

    private static Task EndsAsync(RegistryClient client, ServerProcess server) =>
        Eventually.HoldsAsync(async () => (await StateAsync(client, server)).State == "Done", "the rotation ends", TimeSpan.FromSeconds(40));

    /// <summary>Killed at calls of the whole length of a rotation, the registry is readable after the next start, and the rotation goes on to its end.</summary>
    [Theory]
    [InlineData(Calls.Write, FaultAction.KillBefore)]
    [InlineData(Calls.Sync, FaultAction.KillBefore)]
    [InlineData(Calls.Sync, FaultAction.KillAfter)]
    public async Task Rotation_ProcessEndsAtCall_LosesNothingAndEnds(Calls calls, FaultAction action)
    {
        using var control = await FaultControl.CreateAsync(Folder);
        var options = Quick with { Environment = control.Environment };
        var images = Enumerable.Range(0, 3).Select(_ => TestManifest.RandomImage(Content, layers: 2, layerSizeBytes: 200_000)).ToList();
        var upload = TestBlob.Of(RandomBytes(300_000));
        var server = await ServerProcess.StartAsync(options);
        try
        {
            string location;
            uint count;
            using (var client = server.CreateClient())
            {
                foreach (var (image, i) in images.Select((image, i) => (image, i)))
                    Assert.Equal(201, (await client.PushAsync(Repository, $"v{i}", image)).Code);
                location = (await client.StartUploadAsync(Repository)).Location!;
                location = (await client.PatchAsync(location, upload.Content[..100_000], 0)).Location!;
                control.Arm(new Fault(calls, FaultAction.Count) { Path = DataDirectory });
                Assert.Equal(202, (await BeginAsync(client, server)).Code);
                await EndsAsync(client, server);
                control.Disarm();
                count = control.Matched;
                Log($"{calls}: {count} calls in one rotation");
            }
            for (var round = 0; round < TestSettings.Rounds(usual: 2, soak: (int)count); round++)
            {
                var nth = TestSettings.Soak ? (uint)round + 1 : (uint)Content.Random.Next(1, (int)Math.Max(2, count + 1));
                server = await RotateUntilFaultAsync(server, options, control, new Fault(calls, action) { Path = DataDirectory, Nth = nth });
                using var client = server.CreateClient();
                foreach (var (image, i) in images.Select((image, i) => (image, i)))
                    await AssertPullableAsync(client, Repository, $"v{i}", image);
            }
            using var last = server.CreateClient();
            Assert.Equal(201, (await Uploads.ResumeAsync(last, location, upload, atLeast: 100_000)).Code);
            await AssertPullableAsync(last, Repository, upload);
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<ServerProcess> RotateUntilFaultAsync(ServerProcess server, ServerOptions options, FaultControl control, Fault fault)
    {
        int before;
        RegistryReply? begun;
        using (var client = server.CreateClient())
        {
            before = (await StateAsync(client, server)).Epoch;
            control.Arm(fault);
            begun = await TryAsync(() => BeginAsync(client, server));
            for (var i = 0; begun is not null && control.Fired == 0 && i < 200; i++)
                await Task.Delay(50);
            control.Disarm();
        }
        await server.KillAsync();
        await server.DisposeAsync();
        var next = await ServerProcess.StartAsync(options);
        using var after = next.CreateClient();
        var (state, epoch) = await StateAsync(after, next);
        Log($"{fault.Action} at {fault.Calls} {fault.Nth}: fired {control.Fired}, answered {begun?.Code}, from epoch {before} to {epoch}, {state}");
        // What was acknowledged goes on.
        if (begun?.Code == 202)
            Assert.Equal(before + 1, epoch);
        if (state != "Never")
            await EndsAsync(after, next);
        return next;
    }

    [Fact]
    public async Task Rotation_DiskRefusesWrites_GoesOnWhenItTakesThem()
    {
        using var control = await FaultControl.CreateAsync(Folder);
        var image = TestManifest.RandomImage(Content, layers: 2, layerSizeBytes: 200_000);
        await using var server = await ServerProcess.StartAsync(Quick with { Environment = control.Environment });
        using var client = server.CreateClient();
        Assert.Equal(201, (await client.PushAsync(Repository, "v1", image)).Code);
        Assert.Equal(202, (await BeginAsync(client, server)).Code);
        control.Arm(new Fault(Calls.Write, FaultAction.Fail) { Path = ObjectsDirectory, Persistent = true, Error = Fault.NoSpace });
        await Eventually.HoldsAsync(() => Task.FromResult(control.Fired > 0), "a write is refused", TimeSpan.FromSeconds(10));
        Assert.Equal("ReEncrypting", (await StateAsync(client, server)).State);
        await AssertPullableAsync(client, Repository, "v1", image);
        control.Disarm();
        await EndsAsync(client, server);
        await AssertPullableAsync(client, Repository, "v1", image);
        await AssertVerifiesAsync(server);
    }

    [Fact]
    public async Task Rotation_UnderLoad_IsNoticedByNobody()
    {
        await using var server = await ServerProcess.StartAsync(Quick);
        using var client = server.CreateClient();
        var acknowledged = new ConcurrentDictionary<string, TestManifest>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 3).Select(worker => LoadAsync(server, worker, acknowledged, stop.Token)).ToList();
        for (var i = 0; i < 2; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.Equal(202, (await BeginAsync(client, server)).Code);
            await EndsAsync(client, server);
        }
        await stop.CancelAsync();
        await Task.WhenAll(load);
        Log($"{acknowledged.Count} pushes acknowledged");
        Assert.Equal(3, (await StateAsync(client, server)).Epoch);
        foreach (var (tag, image) in acknowledged)
            await AssertPullableAsync(client, Repository, tag, image);
        await AssertVerifiesAsync(server);
    }

    private static async Task LoadAsync(ServerProcess server, int worker, ConcurrentDictionary<string, TestManifest> acknowledged, CancellationToken stop)
    {
        var random = new RandomContent(TestSettings.Seed + worker + 1);
        using var client = server.CreateClient();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (tag, image) = ($"w{worker}-{i}", TestManifest.RandomImage(random, layers: 1, layerSizeBytes: 200_000));
            var pushed = await client.PushAsync(Repository, tag, image);
            Assert.True(pushed.Code == 201, $"{pushed}");
            acknowledged[tag] = image;
            // One that has long been there: it is moved under the reader.
            await AssertPullableAsync(client, Repository, $"w{worker}-{random.Random.Next(i + 1)}", acknowledged);
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static Task AssertPullableAsync(RegistryClient client, string repository, string tag, ConcurrentDictionary<string, TestManifest> images) => AssertPullableAsync(client, repository, tag, images[tag]);

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(TestSettings.Seed).NextBytes(bytes);
        return bytes;
    }
}
