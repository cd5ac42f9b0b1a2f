using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Breakwater.Faults.Tests.Injection;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Keys;

/// <summary>A registry under a key in a real token, through everything that can happen to the key.</summary>
public sealed class CustomerKeyTests : FaultTest
{
    private const string Repository = "faults/keys";

    private HsmServer? hsm;

    private HsmServer Hsm => hsm ??= new HsmServer(Folder);

    private ServerOptions WithHsm => Options with { Arguments = Hsm.Arguments, Environment = Hsm.Environment };

    private static async Task ExpectAsync(int code, Task<RegistryReply> call)
    {
        var reply = await call;
        Assert.True(reply.Code == code, $"{reply}");
    }

    private static Task BecomesAsync(RegistryClient client, int code) =>
        Eventually.HoldsAsync(async () => (await client.GetManifestAsync(Repository, "first")).Code == code, $"a pull answers {code}", TimeSpan.FromSeconds(20));

    [Fact]
    public async Task Registry_FromItsFirstKeyToNone_KeepsWhatWasAcknowledged()
    {
        SoftHsm.CreateKey(Hsm.Token, "one", 1);
        SoftHsm.CreateKey(Hsm.Token, "two", 1);
        var image = TestManifest.RandomImage(Content, layers: 2, layerSizeBytes: 300_000);
        var server = await ServerProcess.StartAsync(WithHsm);
        try
        {
            using (var client = server.CreateClient())
            {
                await ExpectAsync(201, client.PushAsync(Repository, "first", image));
                await ExpectAsync(200, HsmServer.SetKeyAsync(client, server, Hsm.KeyOf("one")));
                await AssertPullableAsync(client, Repository, "first", image);

                // A new version is followed.
                SoftHsm.CreateKey(Hsm.Token, "one", 2);
                await Eventually.HoldsAsync(
                    async () => ((string?)(await HsmServer.EncryptionAsync(client, server))["keyVaultProperties"]!["versionedKeyIdentifier"])!.EndsWith("id=%02", StringComparison.Ordinal), "the new version wraps");
            }
            server = await RestartAsync(server);
            using (var client = server.CreateClient())
            {
                await AssertPullableAsync(client, Repository, "first", image);
                await RevokeUnderLoadAsync(server, client, image);

                // To another key; the first may then go.
                await ExpectAsync(200, HsmServer.SetKeyAsync(client, server, Hsm.KeyOf("two")));
                SoftHsm.DestroyKey(Hsm.Token, "one");
                await Task.Delay(TimeSpan.FromSeconds(2.5));
                await AssertPullableAsync(client, Repository, "first", image);
            }
            server = await RestartAsync(server);
            using (var client = server.CreateClient())
            {
                await AssertPullableAsync(client, Repository, "first", image);
                await ExpectAsync(200, HsmServer.SetKeyAsync(client, server, null));
                SoftHsm.DestroyKey(Hsm.Token, "two");
            }
            server = await RestartAsync(server);
            using (var client = server.CreateClient())
                await AssertPullableAsync(client, Repository, "first", image);
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<ServerProcess> RestartAsync(ServerProcess server)
    {
        await server.KillAsync();
        await server.DisposeAsync();
        return await server.RestartAsync();
    }

    private async Task RevokeUnderLoadAsync(ServerProcess server, RegistryClient client, TestManifest image)
    {
        var large = TestBlob.Of(RandomBytes(96 << 20));
        await ExpectAsync(201, client.PushBlobAsync(Repository, large));
        var acknowledged = new ConcurrentDictionary<string, TestManifest>();
        var answers = new ConcurrentDictionary<int, int>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 3).Select(worker => LoadAsync(server, worker, acknowledged, answers, stop.Token)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1));
        using var slow = await client.OpenAsync(BlobCalls.BlobPath(Repository, large.Digest));
        Assert.Equal(200, (int)slow.StatusCode);
        await using var reading = await slow.Content.ReadAsStreamAsync();
        await reading.ReadExactlyAsync(new byte[100_000]);

        SoftHsm.Allow(Hsm.Token, "one", isAllowed: false);
        await BecomesAsync(client, 403);

        // The transfer that was under way ends before its end.
        await Assert.ThrowsAnyAsync<Exception>(() => reading.CopyToAsync(Stream.Null));
        await ExpectAsync(403, client.GetBlobAsync(Repository, large.Digest));
        await ExpectAsync(403, client.PushBlobAsync(Repository, TestBlob.Of([1, 2, 3])));
        Assert.Contains("customer-managed key", Encoding.UTF8.GetString((await client.GetManifestAsync(Repository, "first")).Body), StringComparison.Ordinal);
        await ExpectAsync(200, client.GetAsync("/v2/"));
        Assert.Equal("enabled", (string?)(await HsmServer.EncryptionAsync(client, server))["status"]);
        // What cannot be read is neither damaged nor missing.
        var verified = await server.CommandAsync("verify", "--deep");
        Assert.True(verified.ExitCode == 0, verified.AllOutput);
        Assert.Contains("left out", verified.AllOutput, StringComparison.Ordinal);

        SoftHsm.Allow(Hsm.Token, "one", isAllowed: true);
        await BecomesAsync(client, 200);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await Task.WhenAll(load);
        Log($"answers under load: {string.Join(", ", answers.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}"))}; {acknowledged.Count} pushes acknowledged");
        Assert.True(answers.ContainsKey(403), "The load never met a closed registry.");
        Assert.Subset(new HashSet<int> { 200, 201, 202, 403 }, answers.Keys.ToHashSet());
        await AssertPullableAsync(client, Repository, "first", image);
        await AssertPullableAsync(client, Repository, large);
        foreach (var (tag, pushed) in acknowledged)
            await AssertPullableAsync(client, Repository, tag, pushed);
        await AssertVerifiesAsync(server);
    }

    private static async Task LoadAsync(ServerProcess server, int worker, ConcurrentDictionary<string, TestManifest> acknowledged, ConcurrentDictionary<int, int> answers, CancellationToken stop)
    {
        var random = new RandomContent(TestSettings.Seed + worker + 1);
        using var client = server.CreateClient();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (tag, image) = ($"w{worker}-{i}", TestManifest.RandomImage(random, layers: 1, layerSizeBytes: 200_000));
            if (await TryAsync(() => client.PushAsync(Repository, tag, image)) is not { } pushed)
                continue;
            answers.AddOrUpdate(pushed.Code, 1, (_, count) => count + 1);
            if (pushed.Code != 201)
                continue;
            acknowledged[tag] = image;
            if (await TryAsync(() => client.GetManifestAsync(Repository, tag)) is { } pulled)
                answers.AddOrUpdate(pulled.Code, 1, (_, count) => count + 1);
        }
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(TestSettings.Seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Killed at calls of the whole length of a move, the registry is under the old key or the new one, and readable.</summary>
    [Theory]
    [InlineData(Calls.Write, FaultAction.KillBefore)]
    [InlineData(Calls.Sync, FaultAction.KillBefore)]
    [InlineData(Calls.Sync, FaultAction.KillAfter)]
    public async Task Move_ProcessEndsAtCall_LeavesAReadableRegistry(Calls calls, FaultAction action)
    {
        SoftHsm.CreateKey(Hsm.Token, "one", 1);
        SoftHsm.CreateKey(Hsm.Token, "two", 1);
        using var control = await FaultControl.CreateAsync(Folder);
        var options = WithHsm with { Environment = new Dictionary<string, string>(Hsm.Environment.Concat(control.Environment)), Arguments = [.. Hsm.Arguments.Take(2)] };
        var image = TestManifest.RandomImage(Content, layers: 1, layerSizeBytes: 150_000);
        var server = await ServerProcess.StartAsync(options);
        try
        {
            string?[] targets = [Hsm.KeyOf("one"), Hsm.KeyOf("two"), null];
            using (var client = server.CreateClient())
            {
                await ExpectAsync(201, client.PushAsync(Repository, "first", image));
                await ExpectAsync(200, HsmServer.SetKeyAsync(client, server, targets[1]));
            }
            var count = await CountCallsAsync(server, control, calls, targets[0]);
            Log($"{calls}: {count} calls in one move");
            for (var round = 0; round < TestSettings.Rounds(usual: 4, soak: (int)count); round++)
            {
                var nth = TestSettings.Soak ? (uint)round + 1 : (uint)Content.Random.Next(1, (int)Math.Max(2, count + 1));
                server = await MoveUntilFaultAsync(server, options, control, new Fault(calls, action) { Path = DataDirectory, Nth = nth }, targets[(round + 1) % targets.Length], image);
            }
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task<uint> CountCallsAsync(ServerProcess server, FaultControl control, Calls calls, string? target)
    {
        using var client = server.CreateClient();
        control.Arm(new Fault(calls, FaultAction.Count) { Path = DataDirectory });
        await ExpectAsync(200, HsmServer.SetKeyAsync(client, server, target));
        control.Disarm();
        return control.Matched;
    }

    private static async Task<ServerProcess> MoveUntilFaultAsync(ServerProcess server, ServerOptions options, FaultControl control, Fault fault, string? target, TestManifest image)
    {
        string? before;
        RegistryReply? moved;
        using (var client = server.CreateClient())
        {
            before = KeyIn(await HsmServer.EncryptionAsync(client, server));
            control.Arm(fault);
            moved = await TryAsync(() => HsmServer.SetKeyAsync(client, server, target));
            control.Disarm();
        }
        await server.KillAsync();
        await server.DisposeAsync();
        var next = await ServerProcess.StartAsync(options);
        using var after = next.CreateClient();
        var now = KeyIn(await HsmServer.EncryptionAsync(after, next));
        Log($"{fault.Action} at {fault.Calls} {fault.Nth}: fired {control.Fired}, answered {moved?.Code}, from {before} to {target}, now {now}");
        Assert.Contains(now, new[] { before, target });
        if (moved?.Code == 200)
            Assert.Equal(target, now);
        await AssertPullableAsync(after, Repository, "first", image);
        return next;
    }

    private static string? KeyIn(System.Text.Json.Nodes.JsonNode encryption) => (string?)encryption["keyVaultProperties"]?["keyIdentifier"];

    [Fact]
    public async Task Start_TokenAway_ServesTheOthersAndTheRestWhenItIsBack()
    {
        SoftHsm.CreateKey(Hsm.Token, "one", 1);
        var image = TestManifest.RandomImage(Content, layers: 1, layerSizeBytes: 50_000);
        var server = await ServerProcess.StartAsync(WithHsm);
        try
        {
            using (var client = server.CreateClient())
            {
                await ExpectAsync(201, client.PushAsync(Repository, "first", image));
                await ExpectAsync(200, HsmServer.SetKeyAsync(client, server, Hsm.KeyOf("one")));
                await ExpectAsync(201, client.SendAsync(HttpMethod.Put, HsmServer.PathOf(server, "other"), JsonSerializer.SerializeToUtf8Bytes(new { sku = new { name = "Premium" } }), "application/json"));
            }
            File.Move(Hsm.PinFile, Hsm.PinFile + ".away");
            server = await RestartAsync(server);
            using var owner = server.CreateClient();
            var closed = await owner.GetManifestAsync(Repository, "first");
            Assert.True(closed.Code == 503 && closed.Header("Retry-After") is not null, $"{closed}");
            (string, string) other = ("Host", $"other.localhost:{server.HttpPort}");
            Assert.Equal(200, (await owner.GetAsync("/v2/_catalog", other)).Code);
            Assert.Equal(202, (await owner.SendAsync(HttpMethod.Post, BlobCalls.UploadsPath(Repository), null, null, other)).Code);
            File.Move(Hsm.PinFile + ".away", Hsm.PinFile);
            await BecomesAsync(owner, 200);
            await AssertPullableAsync(owner, Repository, "first", image);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
