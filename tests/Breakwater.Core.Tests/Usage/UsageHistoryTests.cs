using Breakwater.Core.Access;
using Breakwater.Core.Tests.Retention;
using Breakwater.Core.Usage;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Usage;

/// <summary>Random histories of pushes, moves, removals, mounts, purges and pulls; all figures are then those of a recount from the rows, and of a count beside.</summary>
public sealed class UsageHistoryTests : PurgeTest
{
    private static readonly string[] Names = ["a", "b/c", "d"];
    private static readonly string[] TagNames = ["v1", "v2", "v3", "latest"];

    private readonly Dictionary<string, long> _pulls = [];
    private readonly List<string> _log = [];
    private long _allPulls;

    private UsageReader Reader => new(Here.Open.Database, Here.Clock);

    public static TheoryData<int> Seeds()
    {
        var random = new Random();
        return [1, 2, 3, 4, random.Next(), random.Next(), random.Next()];
    }

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task History_Random_FiguresAreThoseOfARecount(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 120; step++)
        {
            await StepAsync(random);
            if (step % 10 != 9)
                continue;
            await Here.Open.Pulls.WriteAsync();
            try
            {
                await CompareAsync(random);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, step {step}:\n{string.Join('\n', _log)}\n{e}");
            }
        }
        await Here.AssertSoundAsync();
    }

    private async Task StepAsync(Random random)
    {
        var (name, tag, roll) = (Names[random.Next(Names.Length)], TagNames[random.Next(TagNames.Length)], random.Next(20));
        var manifests = await UsageRecount.ReadAsync(Here);
        var here = manifests.Repositories.GetValueOrDefault(name);
        Here.Clock.Advance(TimeSpan.FromMinutes(random.Next(30)));
        switch (roll)
        {
            case < 7:
                var blobs = await Task.WhenAll(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Here.PushAsync(name, Content(100 * random.Next(1, 5), random.Next(3)))));
                await PutAsync(name, random.Next(4) == 0 ? null : tag, ManifestOf(blobs, $",\"annotations\":{{\"n\":\"{random.Next(4)}\"}}"));
                break;
            case < 10 when here is not null:
                await PutAsync(name, random.Next(3) == 0 ? null : tag, IndexOf(here.Manifests.Keys.Where(_ => random.Next(3) == 0).Select(Digest.Parse)));
                break;
            case < 11 when here is { Tags.Count: > 0 }:
                var gone = here.Tags.Keys.First();
                await Here.Open.Tags.DeleteAsync(Here.At(name), TagName.Parse(gone));
                Forget($"{name}:{gone}");
                break;
            case < 12 when here is { Manifests.Count: > 0 }:
                var digest = here.Manifests.Keys.ElementAt(random.Next(here.Manifests.Count));
                await Here.Open.Manifests.DeleteAsync(Here.At(name), Digest.Parse(digest));
                Forget([$"{name}:{digest}", .. here.Tags.Where(known => known.Value == digest).Select(known => $"{name}:{known.Key}")]);
                break;
            case 12 when here is not null && random.Next(2) == 0:
                await Here.Open.Repositories.DeleteAsync(Here.At(name));
                Forget([.. _pulls.Keys.Where(key => key == name || key.StartsWith(name + ":", StringComparison.Ordinal))]);
                break;
            case 13 when here is { Blobs.Count: > 0 }:
                await Here.Open.Uploads.MountAsync(Here.At(Names[random.Next(Names.Length)]), Here.At(name), Digest.Parse(here.Blobs.Keys.First()));
                break;
            case 14:
                foreach (var item in (await PurgeAsync(Here, Request($"{name}:^v[12]$") with { Untagged = true, Keep = random.Next(2) })).Removed)
                    Forget($"{item.Repository}:{item.Tag ?? item.Digest}");
                break;
            case 15:
                await Here.CleanUpAsync();
                break;
            case 16:
                Here.Open.Cache.Clear();
                break;
            default:
                await PullAsync(name, here, random);
                break;
        }
        _log.Add($"{roll} {name} {tag}");
    }

    private async Task PutAsync(string name, string? tag, byte[] body) => await Here.PutManifestAsync(name, body, tag);

    private async Task PullAsync(string name, RepositoryRecount? here, Random random)
    {
        if (here is not { Manifests.Count: > 0 })
            return;
        string[] references = [.. here.Tags.Keys, .. here.Manifests.Keys];
        var (reference, times) = (references[random.Next(references.Length)], random.Next(1, 4));
        await Here.CountPullAsync(name, reference, times);
        foreach (var key in here.Tags.TryGetValue(reference, out var digest) ? new[] { $"{name}:{reference}", $"{name}:{digest}", name } : [$"{name}:{reference}", name])
            _pulls[key] = _pulls.GetValueOrDefault(key) + times;
        _allPulls += times;
    }

    private void Forget(params string[] keys)
    {
        foreach (var key in keys)
            _pulls.Remove(key);
    }

    private async Task CompareAsync(Random random)
    {
        var recount = await UsageRecount.ReadAsync(Here);
        var (reader, access) = (Reader, ManagementAccess.Decide(Here.Caller, Here.Open.Registries.First, ManagementActions.ListUsages)!);
        var totals = await reader.ReadAsync(access);
        Assert.Equal(recount.SizeBytes, totals.SizeBytes);
        Assert.Equal(_allPulls, totals.PullCount);
        Assert.Equal(recount.Repositories.Values.Sum(repository => repository.Tags.Count), totals.TagCount);
        Assert.Equal(recount.Repositories.Values.Sum(repository => repository.Manifests.Count), totals.ManifestCount);

        var (order, isDescending) = ((UsageOrder)random.Next(6), random.Next(2) == 0);
        var listed = await AllAsync(after => reader.ListRepositoriesAsync(access, new UsageQuery(order, isDescending, after), limit: 2));
        Assert.Equal(recount.Repositories.Where(repository => repository.Value.SizeBytes > 0).Select(repository => repository.Key).Order(StringComparer.Ordinal), listed.Select(usage => usage.Name).Order(StringComparer.Ordinal));
        foreach (var usage in listed)
        {
            var expected = recount.Repositories[usage.Name];
            Assert.Equal((expected.SizeBytes, recount.SharedBytesOf(usage.Name)), (usage.SizeBytes, usage.SharedBytes));
            Assert.Equal((expected.Manifests.Count, expected.Tags.Count), ((int)usage.ManifestCount, (int)usage.TagCount));
            Assert.Equal(_pulls.GetValueOrDefault(usage.Name), usage.PullCount);
            await CompareTagsAsync(recount, usage.Name, access);
        }
    }

    private async Task CompareTagsAsync(UsageRecount recount, string name, ManagementAccess access)
    {
        var tags = await AllAsync(async after => (await Reader.ListTagsAsync(access, RepositoryName.Parse(name), new UsageQuery(UsageOrder.Pulls, Descending: true, after), limit: 2))!);
        Assert.Equal(recount.Repositories[name].Tags.Keys.Order(StringComparer.Ordinal), tags.Select(tag => tag.Name).Order(StringComparer.Ordinal));
        Assert.Equal(tags.OrderByDescending(tag => tag.PullCount).ThenBy(tag => tag.Name, StringComparer.Ordinal), tags);
        foreach (var tag in tags)
        {
            Assert.Equal(recount.Repositories[name].Tags[tag.Name], tag.Digest);
            Assert.Equal(recount.SizeOf(name, tag.Name), (tag.Size!.Bytes, tag.Size.UniqueBytes));
            Assert.Equal((_pulls.GetValueOrDefault($"{name}:{tag.Name}"), _pulls.GetValueOrDefault($"{name}:{tag.Digest}")), (tag.PullCount, tag.ManifestPullCount));
            Assert.Equal(tag.PullCount > 0, tag.LastPulledAt is not null);
        }
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<Core.Identity.Page<T>>> read)
    {
        var all = new List<T>();
        for (string? after = null; ;)
        {
            var page = await read(after);
            all.AddRange(page.Items);
            if ((after = page.Next) is null)
                return all;
        }
    }
}
