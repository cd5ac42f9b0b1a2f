using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Breakwater.Cli.Reference;
using Breakwater.Cli.Running;
using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Reference;

/// <summary>The page of all commands, the help of each, the exit codes, completion.</summary>
public sealed partial class ReferenceTests(CliServer server) : IDisposable
{
    private readonly CliUser user = new(server);

    [Fact]
    public async Task Page_OfAllCommands_IsTheOneThatIsCheckedIn()
    {
        var actual = ReferencePage.Write(CommandTree.Build());
        Assert.Equal(await Snapshot.ReadAsync("docs/cli.md", actual), actual);
        Assert.Equal(actual, (await user.DoAsync("reference")).Output);
    }

    [Fact]
    public async Task Help_OfEveryCommand_IsTheOneThatIsCheckedIn()
    {
        var text = new StringBuilder();
        foreach (var path in Paths(CommandTree.Build(), ""))
            text.Append((await user.DoAsync($"{path} --help")).Output.TrimEnd()).Append("\n\n----\n\n");
        // How the program is called depends on what runs it.
        var actual = Trailing.Replace(text.ToString().Replace(new RootCommand().Name, "breakwater", StringComparison.Ordinal), "");
        Assert.Equal(await Snapshot.ReadAsync("tests/Breakwater.Cli.Tests/Reference/help.txt", actual), actual);
    }

    [Fact]
    public void Page_ExitCodes_AreThoseOfTheProgram()
    {
        var page = ReferencePage.Write(CommandTree.Build());
        var codes = typeof(ExitCodes).GetFields().Select(field => ((int)field.GetValue(null)!).ToString(CultureInfo.InvariantCulture)).ToHashSet();
        Assert.Equal(codes.Order(StringComparer.Ordinal), ExitCodeRow.Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Options_OfEveryCommand_OfferNoSecretAsAnArgument()
    {
        foreach (var command in Commands(CommandTree.Build()))
        {
            var secrets = command.Options.Where(option => option.ValueType != typeof(bool) && SecretName.IsMatch(option.Name) && !option.Name.EndsWith("-file", StringComparison.Ordinal));
            Assert.All(secrets, option => Assert.Equal("--password-name", option.Name));
            Assert.False(string.IsNullOrWhiteSpace(command.Description));
        }
    }

    [Theory]
    [InlineData("breakwater manif", "manifest")]
    [InlineData("breakwater manifest list-re", "list-referrers")]
    [InlineData("breakwater tag list x --orderby ", "time_desc")]
    public async Task Suggestions_OfTheDirective_AreFound(string typed, string expected)
    {
        // The library leaves out the name of the program that runs, which is the test's here.
        var line = typed.Replace("breakwater", new RootCommand().Name, StringComparison.Ordinal);
        Assert.Contains(expected, (await user.RunAsync($"[suggest:{line.Length}]", line)).Expect(0).Output.Split('\n'));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_OfEachShell_AsksTheProgram(string shell) => Assert.Contains("[suggest:", (await user.DoAsync($"completion {shell}")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Groups_Alone_ShowWhatTheyHoldAndAre2()
    {
        Assert.Contains("list-referrers", (await user.RunAsync("manifest")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'repository'", (await user.RunAsync("repositry", "list")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("one word too many", (await user.RunAsync("registry", "list", "x")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("table, json or tsv", (await user.RunAsync("registry", "list", "-o", "yaml")).Expect(2).Error, StringComparison.Ordinal);
        (await user.RunAsync("registry", "list", "--top", "0")).Expect(2);
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => Paths(sub, $"{path} {sub.Name}")).Prepend(path);

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Append(command);

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow { get; }

    [GeneratedRegex("password|secret|token|header")]
    private static partial Regex SecretName { get; }

    [GeneratedRegex("[ ]+$", RegexOptions.Multiline)]
    private static partial Regex Trailing { get; }

    public void Dispose() => user.Dispose();
}
