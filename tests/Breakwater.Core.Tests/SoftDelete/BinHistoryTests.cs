using Breakwater.Core.SoftDelete;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>Random histories: nothing that can be restored is ever lost, and nothing stays beyond its time.</summary>
public sealed class BinHistoryTests : SoftDeleteTest
{
    private const int Steps = 120;

    private static readonly string[] Repositories = ["a", "b/c"];
    private static readonly string[] Names = ["v1", "v2", "latest"];

    public static TheoryData<int> Seeds()
    {
        var random = new Random();
        return [1, 2, 3, random.Next(), random.Next(), random.Next()];
    }

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task History_Random_IsWhatTheModelSays(int seed)
    {
        var (random, model, log) = (new Random(seed), new BinModel(), new List<string>());
        await SetSoftDeleteAsync();
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync(random, model, log);
                await CompareAsync(model);
                if (step % 20 == 0)
                    await Here.AssertSoundAsync();
            }
            await RestoreAllAsync(model, log);
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}:\n{string.Join('\n', log)}\n{e}");
        }
    }

    /// <summary>
    /// The same history with and without the policy: at every step the same blobs can be read. So the bin opens none that a deletion for good
    /// would have closed.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task History_WithAndWithoutThePolicy_HasTheSameReadableBlobs(int seed)
    {
        await using var final = await TestInstallation.StartAsync();
        await SetSoftDeleteAsync();
        var random = new Random(seed);
        for (var step = 0; step < Steps; step++)
        {
            var (choice, repository, image, tag) = (random.Next(10), Repositories[random.Next(2)], random.Next(5), Names[random.Next(3)]);
            var seen = new List<string>();
            foreach (var installation in new[] { Here, final })
            {
                await DoAsync(installation, choice, repository, image, tag);
                seen.Add(await ReadableAsync(installation));
            }
            Assert.True(seen[0] == seen[1], $"Seed {seed}, step {step}: {seen[0]} and not {seen[1]}");
        }
        await Here.AssertSoundAsync();
    }

    private static async Task DoAsync(TestInstallation installation, int choice, string repository, int image, string tag)
    {
        var open = installation.Open;
        switch (choice)
        {
            case < 4:
                await installation.PushImageAsync(repository, tag, image + 1);
                break;
            case < 6:
                await open.Manifests.DeleteAsync(installation.At(repository), BodyOf(image).Digest);
                break;
            case 6:
                await open.Tags.DeleteAsync(installation.At(repository), Tag(tag));
                break;
            case 7 when await open.Repositories.FindAsync(installation.At(repository)) is not null:
                await open.Repositories.DeleteAsync(installation.At(repository));
                break;
            case 8:
                await installation.CleanUpAsync();
                break;
            default:
                installation.Clock.Advance(Day);
                await open.BinExpiry.RunAsync((_, _) => ValueTask.CompletedTask, Cancellation);
                break;
        }
    }

    private static async Task<string> ReadableAsync(TestInstallation installation)
    {
        var seen = new List<string>();
        foreach (var repository in Repositories)
        {
            for (var image = 0; image < 5; image++)
            {
                foreach (var size in new[] { 50, 70_000 })
                {
                    if (await installation.Open.Blobs.FindAsync(installation.At(repository), DigestOf(Content(size, image + 1))) is not null)
                        seen.Add($"{repository} {image} {size}");
                }
            }
        }
        return string.Join(", ", seen);
    }

    private async Task StepAsync(Random random, BinModel model, List<string> log)
    {
        var (repository, tag) = (Repositories[random.Next(2)], Names[random.Next(3)]);
        var now = Here.Clock.GetUtcNow;
        // Each step has a time of its own, so that what went together is told from what did not.
        Here.Clock.Advance(TimeSpan.FromSeconds(1));
        switch (random.Next(20))
        {
            case < 6:
                await PushAsync(model, log, repository, random.Next(5), random.Next(4) == 0 ? null : tag);
                break;
            case < 9 when model.Live.Keys.Where(key => key.Repository == repository).ToList() is { Count: > 0 } keys:
                var (_, digest) = keys[random.Next(keys.Count)];
                log.Add($"delete {repository}@{digest}");
                await DeleteAsync(Digest.Parse(digest), repository);
                model.Delete(repository, digest, await TimeOfAsync(repository, digest, now()));
                break;
            case 9:
                log.Add($"untag {repository}:{tag}");
                var meant = model.Tags.GetValueOrDefault((repository, tag));
                await UntagAsync(tag, repository);
                model.DeleteTag(repository, tag, meant is null ? now() : await TimeOfTagAsync(repository, tag, meant, now()));
                break;
            case 10 when await Here.Open.Repositories.FindAsync(Here.At(repository)) is not null:
                await DeleteRepositoryAsync(model, log, repository);
                break;
            case < 14:
                await RestoreSomeAsync(random, model, log, repository, tag);
                break;
            case 14:
                model.IsEnabled = random.Next(4) > 0;
                model.Days = random.Next(1, 10);
                log.Add($"policy {model.IsEnabled} {model.Days}");
                await SetSoftDeleteAsync(model.IsEnabled, model.Days);
                break;
            case 15:
                log.Add("kill and start");
                await Here.ReopenAsync();
                await SetSoftDeleteAsync(model.IsEnabled, model.Days);
                break;
            case 16:
                log.Add("clean up");
                await Here.CleanUpAsync();
                break;
            default:
                Here.Clock.Advance(TimeSpan.FromHours(random.Next(1, 60)));
                log.Add($"expire at {now():O}");
                await Here.Open.BinExpiry.RunAsync((_, _) => ValueTask.CompletedTask, Cancellation);
                model.Expire(now());
                break;
        }
    }

    private async Task PushAsync(BinModel model, List<string> log, string repository, int image, string? tag)
    {
        log.Add($"push {image} to {repository} as {tag}");
        var digest = await Here.PushImageAsync(repository, tag, image + 1);
        model.Push(repository, digest.Value, BodyOf(image).Body, tag);
    }

    private async Task DeleteRepositoryAsync(BinModel model, List<string> log, string repository)
    {
        log.Add($"delete repository {repository}");
        var digests = model.Live.Keys.Where(key => key.Repository == repository).Select(key => key.Digest).ToList();
        await Here.Open.Repositories.DeleteAsync(Here.At(repository));
        foreach (var digest in digests)
            model.Delete(repository, digest, await TimeOfAsync(repository, digest, Here.Clock.GetUtcNow()));
    }

    private async Task RestoreSomeAsync(Random random, BinModel model, List<string> log, string repository, string tag)
    {
        var keys = model.Bin.Keys.Where(key => key.Repository == repository).Order().ToList();
        if (keys.Count == 0)
            return;
        var (digest, chosen) = (keys[random.Next(keys.Count)].Digest, random.Next(2) == 0 ? tag : null);
        log.Add($"restore {repository}@{digest} as {chosen}");
        var taken = chosen is not null ? model.Tags.ContainsKey((repository, chosen))
            : model.BinTags.Any(item => item.Repository == repository && item.Digest == digest && item.At == model.Bin[(repository, digest)].At && model.Tags.ContainsKey((repository, item.Tag)));
        if (taken)
            await AssertErrorAsync(RestoreErrors.TagInUse, () => RestoreAsync(Digest.Parse(digest), chosen, repository: repository));
        var moved = model.Tags.Where(item => item.Key.Repository == repository).ToDictionary(item => item.Key.Tag, item => item.Value);
        var restored = await RestoreAsync(Digest.Parse(digest), chosen, force: taken, repository);
        var tags = model.Restore(repository, digest, chosen, Here.Clock.GetUtcNow());
        Assert.Equal(tags, restored!.Tags.Select(set => set.Value));
        // The real clock goes on a little between: what the bin says is when it was.
        for (var i = 0; i < model.BinTags.Count; i++)
        {
            var item = model.BinTags[i];
            if (tags.Contains(item.Tag) && moved.GetValueOrDefault(item.Tag) == item.Digest && item.Repository == repository)
                model.BinTags[i] = item with { At = await TimeOfTagAsync(item.Repository, item.Tag, item.Digest, item.At) };
        }
    }

    /// <summary>Nothing is lost: all that the model has in the bin comes back, byte for byte, with its blobs.</summary>
    private async Task RestoreAllAsync(BinModel model, List<string> log)
    {
        foreach (var (repository, digest) in model.Bin.Keys.ToList())
        {
            log.Add($"at last restore {repository}@{digest}");
            await RestoreAsync(Digest.Parse(digest), null, force: true, repository);
            model.Restore(repository, digest, null, Here.Clock.GetUtcNow());
        }
        await Here.CleanUpAsync();
        await CompareAsync(model);
        Here.Clock.Advance(Day * 100);
        await ExpireAsync();
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM deleted_manifest) + (SELECT COUNT(*) FROM deleted_tag) + (SELECT COUNT(*) FROM deleted_repository)"));
    }

    private async Task CompareAsync(BinModel model)
    {
        foreach (var repository in Repositories)
        {
            for (var image = 0; image < 5; image++)
            {
                var (digest, body) = BodyOf(image);
                var found = await FindAsync(digest.Value, repository);
                Assert.Equal(model.Live.ContainsKey((repository, digest.Value)), found is not null);
                if (found is null)
                    continue;
                Assert.Equal(body, found);
                foreach (var edge in ManifestParser.Parse(body, null).Edges)
                    Assert.NotNull(await Here.Open.Blobs.FindAsync(Here.At(repository), edge.Target));
            }
            foreach (var tag in Names)
                Assert.Equal(model.Tags.GetValueOrDefault((repository, tag)), await FindAsync(tag, repository) is { } meant ? DigestOf(meant).Value : null);
            await CompareBinAsync(model, repository);
        }
        Assert.Equal(
            model.Bin.Keys.Select(key => key.Repository).Distinct().Where(repository => !model.Live.Keys.Any(key => key.Repository == repository)).Order(StringComparer.Ordinal),
            await DeletedRepositoriesAsync());
    }

    private async Task CompareBinAsync(BinModel model, string repository)
    {
        var isKnown = await Here.Open.Repositories.FindAsync(Here.At(repository)) is not null || model.Bin.Keys.Any(key => key.Repository == repository);
        if (!isKnown)
        {
            await AssertErrorAsync(OciErrors.NameUnknown, () => BinAsync(repository));
            return;
        }
        Assert.Equal(model.Bin.Keys.Where(key => key.Repository == repository).Select(key => key.Digest).Order(StringComparer.Ordinal), await BinAsync(repository));
        Assert.Equal(
            model.BinTags.Where(item => item.Repository == repository).OrderBy(item => item.Tag, StringComparer.Ordinal).Select(item => Named(item.Tag, Digest.Parse(item.Digest))),
            await BinTagsAsync(repository));
    }

    private Task<DateTimeOffset> TimeOfAsync(string repository, string digest, DateTimeOffset otherwise) =>
        TimeAsync("deleted_manifest WHERE repository = @repository AND digest = @digest", new { repository, digest, otherwise });

    private Task<DateTimeOffset> TimeOfTagAsync(string repository, string tag, string digest, DateTimeOffset otherwise) =>
        TimeAsync("deleted_tag WHERE repository = @repository AND name = @tag AND digest = @digest", new { repository, tag, digest, otherwise });

    private async Task<DateTimeOffset> TimeAsync(string where, object parameters) =>
        DateTimeOffset.FromUnixTimeMilliseconds(await Here.QueryAsync<long>($"SELECT COALESCE((SELECT deleted_at FROM {where}), @otherwise)", parameters));

    private static (Digest Digest, byte[] Body) BodyOf(int image)
    {
        var body = ManifestOf([DigestOf(Content(50, image + 1)), DigestOf(Content(70_000, image + 1))]);
        return (DigestOf(body), body);
    }
}
