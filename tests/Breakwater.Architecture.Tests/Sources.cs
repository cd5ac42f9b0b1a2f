using System.Runtime.CompilerServices;

namespace Breakwater.Architecture.Tests;

/// <summary>The project's own files, found from where this one was compiled.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths of all C# files below <c>src</c>, relative to the root, with slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static int CountLines(string path) => File.ReadLines(Path.Combine(Root, path)).Count();

    /// <summary>The code of a file without its comments.</summary>
    public static string Code(string path) =>
        string.Join('\n', File.ReadLines(Path.Combine(Root, path)).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    /// <summary>Files whose code holds any of the texts.</summary>
    public static IReadOnlyList<string> Holding(params string[] texts) =>
        [.. All.Where(path => texts.Any(text => Code(path).Contains(text, StringComparison.Ordinal)))];

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = File.Exists(here) ? Path.GetDirectoryName(here) : AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Breakwater.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("No Breakwater.slnx above the tests.");
    }
}
