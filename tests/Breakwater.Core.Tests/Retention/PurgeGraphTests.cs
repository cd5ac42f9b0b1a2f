using Breakwater.Core.Policies;
using Breakwater.Core.Retention;
using Breakwater.Oci;
using Dapper;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Retention;

/// <summary>Random repositories: a dry run and a real one give equal lists, on pages of any size, and what stays has all that it needs.</summary>
public sealed class PurgeGraphTests : PurgeTest
{
    private static readonly string[] Repositories = ["a", "b", "c/d"];
    private static readonly string[] Names = ["v1", "v2", "v3", "pr-1", "pr-2", "latest"];

    public static TheoryData<int> Seeds()
    {
        var random = new Random();
        return [.. Enumerable.Range(1, 6), .. Enumerable.Range(0, 6).Select(_ => random.Next())];
    }

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task Run_RandomGraph_DoesWhatTheDryRunSaid(int seed)
    {
        var random = new Random(seed);
        foreach (var repository in Repositories)
            await FillAsync(repository, random);
        if (random.Next(2) == 0)
            await SetPoliciesAsync(new RegistryPolicies { WriteOnce = [new WriteOnceRule("b", "v2")], Signing = new SigningPolicy(true, false) });
        var request = Request([.. new[] { ".*:^v", "a|b:.*", "c/d:pr", ".*:^sha256-" }.Where(_ => random.Next(2) == 0), "a:latest"]) with
        {
            Ago = random.Next(3) == 0 ? null : TimeSpan.FromHours(random.Next(12)),
            NotPulledFor = random.Next(2) == 0 ? null : TimeSpan.FromHours(random.Next(12)),
            Keep = random.Next(3),
            Untagged = random.Next(4) > 0,
            IncludeLocked = random.Next(2) == 0,
        };
        await Here.Open.Pulls.WriteAsync();
        var before = await Here.DumpAsync();

        var dry = await PurgeAsync(Here, request with { DryRun = true }, random.Next(1, 8));
        Assert.Equal(before, await Here.DumpAsync());
        var real = await PurgeAsync(Here, request, random.Next(1, 8));

        Assert.True(Sorted(dry.Removed).SequenceEqual(Sorted(real.Removed)), $"seed {seed}\n{string.Join('\n', dry.Removed.Except(real.Removed))}\n--\n{string.Join('\n', real.Removed.Except(dry.Removed))}");
        Assert.True(Sorted(dry.Kept).SequenceEqual(Sorted(real.Kept)), $"seed {seed}\n{string.Join('\n', dry.Kept.Except(real.Kept))}\n--\n{string.Join('\n', real.Kept.Except(dry.Kept))}");
        Assert.Equal(real.Removed.Count, real.Removed.Distinct().Count());
        Assert.DoesNotContain(real.Kept, item => item.Reason == KeepReason.Changed);
        await AssertNothingIsMissedAsync(before, seed);
    }

    private static IEnumerable<string> Sorted<T>(IEnumerable<T> items) => items.Select(item => $"{item}").Order(StringComparer.Ordinal);

    private async Task FillAsync(string repository, Random random)
    {
        var config = await Here.PushAsync(repository, Content(10, random.Next(3)));
        var made = new List<Digest>();
        for (var i = 0; i < 14; i++)
        {
            var tag = random.Next(3) == 0 ? Names[random.Next(Names.Length)] : null;
            var some = made.Where(_ => random.Next(4) == 0).ToList();
            var subject = made.Count > 0 && random.Next(4) == 0 ? made[random.Next(made.Count)] : null;
            var more = (random.Next(3) == 0 ? $",\"artifactType\":\"{Notation}\"" : "") + (subject is null ? "" : $",\"subject\":{Descriptor(MediaTypes.OciManifest, subject)}");
            var body = random.Next(2) == 0 ? IndexOf(some, subject) : ManifestOf([config], $",\"annotations\":{{\"n\":\"{i}\"}}{more}");
            if (made.Count > 0 && random.Next(6) == 0)
                tag = made[random.Next(made.Count)].Value.Replace(':', '-') + ".sig";
            made.Add(await Here.PutManifestAsync(repository, body, tag));
            Here.Clock.Advance(TimeSpan.FromMinutes(random.Next(90)));
        }
        foreach (var digest in made.Where(_ => random.Next(4) == 0))
        {
            await Here.CountPullAsync(repository, digest.Value);
            Here.Clock.Advance(TimeSpan.FromMinutes(random.Next(60)));
        }
        foreach (var digest in made.Where(_ => random.Next(8) == 0))
            await Here.ChangeAsync(repository, digest.Value, new(DeleteEnabled: false));
        if (random.Next(6) == 0)
            await Here.ChangeAsync(repository, null, new(WriteEnabled: false));
    }

    /// <summary>What was there and whole before is whole after: children with their indexes, subjects with what refers to them, and the other way round.</summary>
    private async Task AssertNothingIsMissedAsync(string before, int seed)
    {
        var edges = await Here.Open.Database.ReadAsync(async db => (await db.QueryAsync<(string Repository, string Holder, string Held)>(
            "SELECT r.id, e.manifest_digest, e.target FROM manifest_edge e JOIN repository r ON r.id = e.repository_id WHERE e.kind IN (2, 3)")).AsList());
        foreach (var (repository, holder, held) in edges.Where(edge => before.Contains($"manifest {edge.Repository} {edge.Held} ", StringComparison.Ordinal)))
        {
            var isThere = await Here.QueryAsync<long>("SELECT COUNT(*) FROM manifest WHERE repository_id = @repository AND digest = @held", new { repository, held });
            Assert.True(isThere == 1, $"seed {seed}: {holder} lacks {held}");
        }
        var gone = before.Split('\n').Where(line => line.StartsWith("manifest_edge ", StringComparison.Ordinal)).Select(line => line.Split(' ')).Where(edge => edge[3] == "3").ToList();
        foreach (var edge in gone)
        {
            var (subject, referrer) = (await CountAsync(edge[1], edge[4]), await CountAsync(edge[1], edge[2]));
            Assert.False(subject == 1 && referrer == 0, $"seed {seed}: {edge[4]} lost {edge[2]}");
        }

        Task<long> CountAsync(string repository, string digest) =>
            Here.QueryAsync<long>("SELECT COUNT(*) FROM manifest WHERE repository_id = @repository AND digest = @digest", new { repository, digest });
    }
}
