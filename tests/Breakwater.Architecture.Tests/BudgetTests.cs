using System.Text.RegularExpressions;

namespace Breakwater.Architecture.Tests;

/// <summary>Sizes that keep the code readable, and pages that promise how much there is to read.</summary>
public sealed partial class BudgetTests
{
    [GeneratedRegex(@"\]\(([^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link { get; }

    private static List<string> Links(string page) =>
        [.. Link.Matches(Sources.Read(page)).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal))];

    private static List<string> SourceLinks(string page) =>
        [.. Links(page).Where(target => target.EndsWith(".cs", StringComparison.Ordinal)).Select(target => Resolve(page, target)).Distinct()];

    private static string Resolve(string page, string target) =>
        Path.GetRelativePath(Sources.Root, Path.GetFullPath(Path.Combine(Sources.Root, Path.GetDirectoryName(page)!, target))).Replace('\\', '/');

    [Fact]
    public void Files_Lengths_StayInTheBand()
    {
        var lengths = Sources.All.Select(Sources.CountLines).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 60);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 200);
    }

    [Fact]
    public void Files_Names_AreThoseOfTheirTypes()
    {
        // Generated serializers stand beside the record that they serve.
        foreach (var path in Sources.All.Where(path => !path.EndsWith("/Program.cs", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(path).Split('{')[0];
            Assert.Matches($@"\b(class|record|struct|interface|enum|delegate)\b[^\n]*\b{Regex.Escape(name)}\b", Sources.Code(path));
        }
    }

    [Theory]
    [InlineData("docs/push.md")]
    [InlineData("docs/pull.md")]
    public void Page_Files_AreEightAndWithinTheBudget(string page)
    {
        var files = SourceLinks(page);
        Assert.Equal(8, files.Count);
        Assert.All(files, path => Assert.Contains(path, Sources.All));
        Assert.InRange(files.Sum(Sources.CountLines), 1, 1250);
    }

    [Fact]
    public void Pages_Links_LeadSomewhere()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Sources.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Sources.Root, "*.md"))
            .Select(path => Path.GetRelativePath(Sources.Root, path));
        var broken = pages.SelectMany(page => Links(page).Select(target => Resolve(page, target)).Where(path => !Path.Exists(Path.Combine(Sources.Root, path))).Select(path => $"{page}: {path}"));
        Assert.Empty(broken);
    }
}
