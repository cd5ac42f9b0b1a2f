using System.Runtime.CompilerServices;

namespace Breakwater.Cli.Tests.Suite;

/// <summary>Texts that are checked in. <c>BREAKWATER_TESTS_WRITE_SNAPSHOTS=1</c> writes them anew; the diff is then reviewed.</summary>
internal static class Snapshot
{
    /// <param name="path">From the root of the repository.</param>
    public static async Task<string> ReadAsync(string path, string actual)
    {
        var file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable("BREAKWATER_TESTS_WRITE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, actual);
        return await File.ReadAllTextAsync(file);
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
