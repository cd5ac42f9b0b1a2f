namespace Breakwater.Testing.Tooling;

/// <summary>What the environment asks of the suites.</summary>
public static class TestSettings
{
    /// <summary><c>BREAKWATER_TESTS_NO_SKIP=1</c>: a missing tool fails the test instead of skipping it. Default: off.</summary>
    public static bool NoSkip => IsSet("BREAKWATER_TESTS_NO_SKIP");

    /// <summary><c>BREAKWATER_SOAK=1</c>: long rounds. Default: off, so that the suites end in minutes.</summary>
    public static bool Soak => IsSet("BREAKWATER_SOAK");

    /// <summary>The seed of this run: <c>BREAKWATER_TEST_SEED</c>, or a new one. Tests print what they used.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("BREAKWATER_TEST_SEED"), out var seed) ? seed : Random.Shared.Next(1, int.MaxValue);

    /// <summary>Picks the short amount, or the long one when soaking.</summary>
    public static int Rounds(int usual, int soak) => Soak ? soak : usual;

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is "1" or "true";
}
