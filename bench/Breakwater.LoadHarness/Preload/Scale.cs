namespace Breakwater.LoadHarness.Preload;

/// <summary>Names in the large data sets; the same on every server.</summary>
internal static class Scale
{
    public const int Count = 100_000;
    public const string TagsRepository = "bench/tags";

    public static IEnumerable<string> Tags { get; } = Enumerable.Range(0, Count).Select(i => $"v1.0.{i:D6}");

    /// <summary>A thousand namespaces of a hundred repositories, as organisations have teams.</summary>
    public static string Repository(int index) => $"team{index / 100:D4}/app{index:D6}";
}
