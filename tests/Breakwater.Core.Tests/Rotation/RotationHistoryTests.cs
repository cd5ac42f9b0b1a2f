using Breakwater.Core.Policies;
using Breakwater.Core.Rotation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Rotation;

/// <summary>Random histories of pushes, deletions, uploads, rotations and ends of the process: what was acknowledged is there, and everything holds.</summary>
public sealed class RotationHistoryTests
{
    private const int Steps = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task History_Random_LosesNothingAndHolds(int seed)
    {
        await using var bench = await RotationBench.StartAsync();
        await bench.Here.SetPoliciesAsync(bench.Fleet.Registries.First.Policies with { SoftDelete = new SoftDeletePolicy(true, 90) });
        var history = new History(bench, new Random(seed));
        for (var step = 0; step < Steps; step++)
            await history.StepAsync();
        await history.CheckAsync();
        while ((await bench.RunAsync(TimeSpan.FromMinutes(1))).State != RotationState.Done)
        {
        }
        Assert.DoesNotContain(",", (await bench.EpochsAsync()).Keys, StringComparison.Ordinal);
        Assert.Empty(bench.Failures);
        Assert.Empty(bench.Corrupt);
        await bench.Here.ReopenAsync();
        await history.CheckAsync();
    }

    private sealed class History(RotationBench bench, Random random)
    {
        private readonly List<(Digest Digest, int Seed)> _images = [], _deleted = [];
        private readonly List<(Guid Id, int Seed, int Chunks)> _uploads = [];
        private int _next = 1;

        public Task StepAsync() => random.Next(11) switch
        {
            0 or 1 => PushAsync(),
            2 => DeleteAsync(),
            3 => RestoreAsync(),
            4 => StartUploadAsync(),
            5 => AppendAsync(),
            6 => CommitAsync(),
            7 => bench.BeginAsync(),
            8 => bench.BeginAsync().ContinueWith(_ => bench.RunAsync(TimeSpan.FromSeconds(random.Next(120))), TaskScheduler.Default).Unwrap(),
            9 => bench.Here.Open.CleanUp.RunAsync(CancellationToken.None),
            _ => ReopenAsync(),
        };

        public async Task CheckAsync()
        {
            foreach (var (digest, seed) in _images)
            {
                Assert.NotNull(await bench.Here.Open.Manifests.FindAsync(bench.Here.At("a"), ManifestReference.Parse(digest.Value)));
                Same.Bytes(Content(70_000, seed), await bench.Here.PullAsync("a", DigestOf(Content(70_000, seed))));
            }
            await bench.Here.AssertSoundAsync();
        }

        private async Task PushAsync() => _images.Add((await bench.Here.PushImageAsync("a", $"v{_next}", seed: _next), _next++));

        private async Task DeleteAsync()
        {
            if (!TryTake(_images, out var image))
                return;
            Assert.True(await bench.Here.Open.Manifests.DeleteAsync(bench.Here.At("a"), image.Digest));
            _deleted.Add(image);
        }

        private async Task RestoreAsync()
        {
            if (!TryTake(_deleted, out var image))
                return;
            Assert.NotNull(await bench.Here.Open.Restore.RestoreAsync(bench.Here.At("a"), image.Digest, null, force: false));
            _images.Add(image);
        }

        private async Task StartUploadAsync() =>
            _uploads.Add(((await bench.Here.Open.Uploads.StartAsync(bench.Here.At("a"), DigestAlgorithm.Sha256)).Id, 1000 + _next++, 0));

        private async Task AppendAsync()
        {
            if (!TryTake(_uploads, out var upload))
                return;
            var status = await bench.Here.Open.Uploads.AppendAsync(bench.Here.At("a"), upload.Id, null, Body(Content(50_000, upload.Seed)), CancellationToken.None);
            _uploads.Add(upload with { Chunks = upload.Chunks + 1 });
            Assert.Equal(50_000 * (upload.Chunks + 1), status.SizeBytes);
        }

        private async Task CommitAsync()
        {
            if (!TryTake(_uploads, out var upload))
                return;
            byte[] content = [.. Enumerable.Repeat(Content(50_000, upload.Seed), upload.Chunks).SelectMany(chunk => chunk)];
            await bench.Here.Open.Uploads.CommitAsync(bench.Here.At("a"), upload.Id, DigestOf(content), null, Body(default), CancellationToken.None);
            Same.Bytes(content, await bench.Here.PullAsync("a", DigestOf(content)));
        }

        // What was never stored of an upload goes with the process.
        private async Task ReopenAsync()
        {
            var save = random.Next(2) == 0;
            await bench.Here.ReopenAsync(save);
            if (!save)
                _uploads.RemoveAll(upload => upload.Chunks == 0);
        }

        private bool TryTake<T>(List<T> from, out T item)
        {
            var at = from.Count == 0 ? -1 : random.Next(from.Count);
            item = at < 0 ? default! : from[at];
            if (at >= 0)
                from.RemoveAt(at);
            return at >= 0;
        }
    }
}
