using Breakwater.LoadHarness.Preload;
using Breakwater.LoadHarness.Targets;

namespace Breakwater.LoadHarness.Cases;

/// <summary>Every case with its goal against docker-registry 2.8.2, in the order of the report.</summary>
internal static class AllCases
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;
    private const int ChunkBytes = 5 * MiB;

    public static IEnumerable<BenchCase> List() =>
        [.. Manifests(), .. Pulls(tls: false), .. Pushes(tls: false), .. Images(), .. Pulls(tls: true), .. Pushes(tls: true), .. Parallel(), .. Lists()];

    private static IEnumerable<BenchCase> Manifests() =>
    [
        new ManifestReadCase(byDigest: false, head: false) { Name = "manifest GET by tag", Unit = RateUnit.PerSecond, Goal = 15 },
        new ManifestReadCase(byDigest: true, head: false) { Name = "manifest GET by digest", Unit = RateUnit.PerSecond, Goal = 15 },
        new ManifestReadCase(byDigest: false, head: true) { Name = "manifest HEAD by tag", Unit = RateUnit.PerSecond, Goal = 15 },
        new ManifestReadCase(byDigest: true, head: true) { Name = "manifest HEAD by digest", Unit = RateUnit.PerSecond, Goal = 15 },
    ];

    private static IEnumerable<BenchCase> Pulls(bool tls)
    {
        var scheme = Scheme(tls);
        double? OnPlain(double goal) => tls ? null : goal;
        yield return new BlobPullCase(KiB) { Name = $"blob pull 1 KiB {scheme}", Tls = tls, Unit = RateUnit.PerSecond, Goal = OnPlain(20) };
        yield return new BlobPullCase(MiB) { Name = $"blob pull 1 MiB {scheme}", Tls = tls, Unit = RateUnit.MegabytesPerSecond, Goal = OnPlain(3) };
        yield return new BlobPullCase(10 * MiB) { Name = $"blob pull 10 MiB {scheme}", Tls = tls, Unit = RateUnit.MegabytesPerSecond, Goal = OnPlain(1.3) };
        yield return new BlobPullCase(100 * MiB) { Name = $"blob pull 100 MiB {scheme}", Tls = tls, Unit = RateUnit.MegabytesPerSecond, Goal = tls ? 1.2 : 0.9 };
    }

    private static IEnumerable<BenchCase> Pushes(bool tls)
    {
        yield return Push(KiB, "1 KiB", tls, 1.5, chunked: false);
        yield return Push(MiB, "1 MiB", tls, 2, chunked: false);
        yield return Push(10 * MiB, "10 MiB", tls, 2, chunked: false);
        yield return Push(100 * MiB, "100 MiB", tls, 2, chunked: false);
        yield return Push(10 * MiB, "10 MiB", tls, 2, chunked: true);
        yield return Push(100 * MiB, "100 MiB", tls, 2, chunked: true);
    }

    private static BlobPushCase Push(int size, string sizeName, bool tls, double goal, bool chunked) => new(size, chunked ? ChunkBytes : null)
    {
        Name = $"blob push {sizeName}{(chunked ? " chunked" : "")} {Scheme(tls)}",
        Tls = tls,
        Unit = size < MiB ? RateUnit.PerSecond : RateUnit.MegabytesPerSecond,
        Goal = tls ? null : goal,
        Alone = size >= 10 * MiB,
        Writes = true,
    };

    private static IEnumerable<BenchCase> Images() =>
    [
        new ImageCase(push: true, layers: 5, layerBytes: MiB) { Name = "image push 5 x 1 MiB", Unit = RateUnit.PerSecond, Goal = 2, Writes = true },
        new ImageCase(push: false, layers: 5, layerBytes: MiB) { Name = "image pull 5 x 1 MiB", Unit = RateUnit.PerSecond, Goal = 4 },
        new ImageCase(push: true, layers: 30, layerBytes: 4 * KiB) { Name = "image push 30 x 4 KiB", Unit = RateUnit.PerSecond, Writes = true },
        new ImageCase(push: false, layers: 30, layerBytes: 4 * KiB) { Name = "image pull 30 x 4 KiB", Unit = RateUnit.PerSecond },
    ];

    private static IEnumerable<BenchCase> Parallel() =>
    [
        new BlobPullCase(100 * MiB)
        {
            Name = "parallel pull 100 x 100 MiB http", Unit = RateUnit.MegabytesPerSecond,
            Alone = true, MaxRounds = 1, Long = true, Connections = 100, FixedOperations = 1,
        },
        new BlobPushCase(100 * MiB, null)
        {
            Name = "parallel push 100 x 100 MiB http", Unit = RateUnit.MegabytesPerSecond,
            Alone = true, MaxRounds = 1, Long = true, Connections = 100, FixedOperations = 1, Writes = true,
        },
    ];

    private static IEnumerable<BenchCase> Lists() =>
    [
        TagsList("tags list all 100,000", "", Scale.Count, toTheEnd: true, goal: 15),
        TagsList("tags list with n=100,000 of 100,000", $"?n={Scale.Count}", Scale.Count, toTheEnd: true, goal: null),
        TagsList("tags list first 100 of 100,000", "?n=100", 100, toTheEnd: false, goal: null),
        Catalog("catalog all 100,000", () => $"?n={Scale.Count}", Scale.Count, toTheEnd: true),
        Catalog("catalog page of 100 in 100,000", () => $"?n=100&last={Scale.Repository(Random.Shared.Next(Scale.Count - 200))}", 100, toTheEnd: false),
        new ReadyCase { Name = "ready with 100,000 repositories", Unit = RateUnit.Seconds, DataSet = DataSet.ManyRepositories, Long = true },
    ];

    private static ListCase TagsList(string name, string query, int entries, bool toTheEnd, double? goal) =>
        new($"repository:{Scale.TagsRepository}:pull", () => $"/v2/{Scale.TagsRepository}/tags/list{query}", entries, toTheEnd)
        {
            Name = name,
            Unit = RateUnit.PerSecond,
            DataSet = DataSet.ManyTags,
            Goal = goal,
            Connections = 2,
            Long = true,
        };

    private static ListCase Catalog(string name, Func<string> query, int entries, bool toTheEnd) =>
        new("registry:catalog:*", () => $"/v2/_catalog{query()}", entries, toTheEnd)
        {
            Name = name,
            Unit = RateUnit.PerSecond,
            DataSet = DataSet.ManyRepositories,
            Goal = 50,
            Connections = 2,
            Long = true,
        };

    private static string Scheme(bool tls) => tls ? "https" : "http";
}
