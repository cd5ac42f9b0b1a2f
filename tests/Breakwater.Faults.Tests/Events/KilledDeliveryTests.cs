using System.Collections.Concurrent;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Events;

/// <summary>SIGKILL while pushes go on and a receiver fails: no event of an acknowledged push or deletion is lost.</summary>
public sealed class KilledDeliveryTests : FaultTest
{
    private const int Repositories = 3;

    /// <summary>What was acknowledged, in its order, by repository: tag and digest; without a tag, a deletion.</summary>
    private readonly ConcurrentDictionary<string, List<(string? Tag, string Digest)>> acknowledged = new();

    [Fact]
    public async Task Kill_WhileTheReceiverFails_LosesNoEvent()
    {
        using var receiver = new WebhookReceiver { Answer = () => 503 };
        var options = Options with { Arguments = WebhookReceiver.Flags };
        var server = await ServerProcess.StartAsync(options);
        try
        {
            using (var client = server.CreateClient())
                Assert.Equal(201, (await client.PutWebhookAsync(server, "hooks", new { serviceUri = receiver.Address, actions = new[] { "push", "delete" } })).Code);
            for (var round = 0; round < TestSettings.Rounds(usual: 3, soak: 50); round++)
            {
                await PushUntilKilledAsync(server, round);
                await server.DisposeAsync();
                server = await ServerProcess.StartAsync(options);
            }
            Assert.True(receiver.Received.Count > 0, "Nothing was tried while the receiver failed.");
            // It comes back, and not all at once; and the server is killed in the middle of delivering.
            var dice = new Random(TestSettings.Seed);
            receiver.Answer = () => dice.Next(3) == 0 ? 500 : 200;
            await Eventually.HoldsAsync(() => Task.FromResult(receiver.Taken.Any()), "anything arrived", TimeSpan.FromSeconds(60));
            await server.KillAsync();
            await server.DisposeAsync();
            server = await ServerProcess.StartAsync(options);
            receiver.Answer = () => 200;
            await Eventually.HoldsAsync(() => Task.FromResult(Missing(receiver).Count == 0), "every event arrived", TimeSpan.FromSeconds(120));

            using var owner = server.CreateClient();
            var secret = await owner.SigningSecretAsync(server, "hooks");
            Assert.All(receiver.Received, one => Assert.True(one.IsSignedWith(secret), one.Headers[ReceivedEvent.SignatureHeader]));
            foreach (var repository in acknowledged.Keys)
                AssertInOrder(repository, receiver);
            Log($"{acknowledged.Values.Sum(list => list.Count)} acknowledged, {receiver.Received.Count} requests, {receiver.Taken.Select(one => one.Id).Distinct().Count()} events");
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task PushUntilKilledAsync(ServerProcess server, int round)
    {
        using var client = server.CreateClient();
        client.Timeout = TimeSpan.FromSeconds(15);
        using var end = new CancellationTokenSource();
        var pushers = Enumerable.Range(0, Repositories).Select(number => Task.Run(() => PushAsync(client, $"events/r{number}", round, end.Token))).ToList();
        await Task.Delay(Content.Random.Next(1500, 3500));
        await server.KillAsync();
        await end.CancelAsync();
        await Task.WhenAll(pushers);
        Assert.True(acknowledged.Values.Sum(list => list.Count) > 0, "Nothing was pushed.");
    }

    private async Task PushAsync(RegistryClient client, string repository, int round, CancellationToken end)
    {
        var content = new RandomContent(TestSettings.Seed + round + repository.GetHashCode(StringComparison.Ordinal));
        var done = acknowledged.GetOrAdd(repository, _ => []);
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            var (tag, image) = ($"v{round}-{number}", TestManifest.RandomImage(content, layers: 1, layerSizeBytes: 200));
            if (await TryAsync(() => client.PushAsync(repository, tag, image)) is not { Code: 201 })
                return;
            done.Add((tag, image.Digest));
            if (number % 4 != 3)
                continue;
            if (await TryAsync(() => client.DeleteManifestAsync(repository, image.Digest)) is not { Code: 202 })
                return;
            done.Add((null, image.Digest));
        }
    }

    private List<string> Missing(WebhookReceiver receiver)
    {
        var taken = receiver.Taken.Select(one => (one.Repository, one.Tag, one.Digest)).ToHashSet();
        return [.. acknowledged.SelectMany(pair => pair.Value.Where(done => !taken.Contains((pair.Key, done.Tag, done.Digest))).Select(done => $"{pair.Key}:{done.Tag}@{done.Digest}"))];
    }

    private void AssertInOrder(string repository, WebhookReceiver receiver)
    {
        // Whatever was sent twice counts where it came first. What was in flight at a kill may be there without an acknowledgement.
        var arrived = receiver.Taken.Where(one => one.Repository == repository).DistinctBy(one => one.Id).Select(one => (one.Tag, one.Digest!)).ToList();
        var due = acknowledged[repository].ToHashSet();
        Assert.Equal(acknowledged[repository], arrived.Where(due.Contains));
    }
}
