using System.Runtime.CompilerServices;

namespace Breakwater.Server.Tests;

/// <summary>Texts that are checked in beside the tests. <c>BREAKWATER_TESTS_WRITE_SNAPSHOTS=1</c> writes them anew; the diff is then reviewed.</summary>
internal static class Snapshot
{
    public static async Task<string> ReadAsync(string name, string actual)
    {
        var file = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("BREAKWATER_TESTS_WRITE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, actual);
        return await File.ReadAllTextAsync(file);
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
