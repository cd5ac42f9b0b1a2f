using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Load;

/// <summary>Several workers at once, and the check that nothing acknowledged is lost.</summary>
public abstract class LoadTest : FaultTest
{
    private readonly List<LoadWorker> workers = [.. Enumerable.Range(0, 3).Select(index => new LoadWorker($"load/worker-{index}", TestSettings.Seed + index))];

    /// <summary>Runs every worker until <paramref name="end"/> is cancelled.</summary>
    private protected async Task RunWorkersAsync(ServerProcess server, CancellationToken end)
    {
        using var client = server.CreateClient();
        client.Timeout = TimeSpan.FromSeconds(15);
        await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunAsync(client, end), CancellationToken.None)));
    }

    private protected async Task AssertNothingLostAsync(ServerProcess server, bool unreferencedBlobsToo)
    {
        using var client = server.CreateClient();
        foreach (var worker in workers)
        {
            Assert.Empty(worker.Surprises);
            await AssertNothingLostAsync(client, worker.Acknowledged, unreferencedBlobsToo);
        }
        Log($"{workers.Sum(worker => worker.Pushes)} images acknowledged, {workers.Sum(worker => worker.Acknowledged.Manifests.Count)} still due");
    }

    /// <summary>Guards against a test that proves nothing. Not for each round: a busy machine may need more than one.</summary>
    private protected void AssertLoadWorked() => Assert.True(workers.Sum(worker => worker.Pushes) > 0, "The load did nothing.");

    private protected async Task DeleteEverythingAsync(ServerProcess server)
    {
        using var client = server.CreateClient();
        foreach (var worker in workers)
        {
            foreach (var manifest in worker.Acknowledged.Manifests)
                await client.DeleteManifestAsync(worker.Acknowledged.Repository, manifest.Digest);
        }
    }

    private static async Task AssertNothingLostAsync(RegistryClient client, Acknowledgements due, bool unreferencedBlobsToo)
    {
        foreach (var manifest in due.Manifests)
            await AssertPullableAsync(client, due.Repository, manifest.Digest, manifest);
        foreach (var tag in due.Tags)
        {
            var shown = await client.HeadManifestAsync(due.Repository, tag);
            Assert.Contains(shown.Code == 200 ? shown.Digest : null, due.Allowed(tag));
        }
        if (!unreferencedBlobsToo)
            return;
        foreach (var blob in due.Blobs)
            await AssertPullableAsync(client, due.Repository, blob);
    }
}
