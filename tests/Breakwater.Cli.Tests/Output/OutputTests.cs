using System.Text.Json.Nodes;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Tests.Output;

/// <summary>The forms of answers.</summary>
public sealed class OutputTests
{
    private static readonly object[] Items =
    [
        new { name = "first", size = 2048, time = "2026-01-02T03:04:05.1234567Z", tags = new[] { "a", "b" } },
        new { name = "line\nbreak\u001b[31m", size = 1, time = "x", tags = Array.Empty<string>() },
    ];

    private static readonly Column[] Columns = [new("Name", "name"), new("Size", "size", Cells.Size), new("Time", "time", Cells.Time), new("Tags", "tags")];

    private static string Render(Answer answer, OutputFormat format, string? query = null, bool terminal = false, Func<string, string?>? variable = null)
    {
        var output = new StringWriter();
        new Renderer(new Surroundings { Input = TextReader.Null, Output = output, Error = TextWriter.Null, OutputIsTerminal = terminal, Variable = variable ?? (_ => null) })
            .Write(answer, format, query is null ? null : JmesQuery.Parse(query));
        return output.ToString();
    }

    [Fact]
    public void Table_InAFile_IsPlainAndHarmless()
    {
        var text = Render(Answer.List(Items, Columns), OutputFormat.Table);

        Assert.Equal(["NAME        SIZE     TIME               TAGS", "first       2.0 KiB  2026-01-02 03:04Z  a, b"], text.Split('\n')[..2]);
        Assert.DoesNotContain('\u001b', text);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Table_OnATerminal_HasColourUnlessNoColorIsSet()
    {
        Assert.Contains("\u001b[", Render(Answer.List(Items[..1], Columns), OutputFormat.Table, terminal: true), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Render(Answer.List(Items[..1], Columns), OutputFormat.Table, terminal: true, variable: name => name == "NO_COLOR" ? "1" : null));
    }

    [Fact]
    public void Tsv_Values_StandOnOneLineEach() =>
        Assert.Equal("first\t2048\t2026-01-02T03:04:05.1234567Z\ta, b\nline break [31m\t1\tx\t\n", Render(Answer.List(Items, Columns), OutputFormat.Tsv));

    [Fact]
    public void Json_OfAnAnswer_IsWholeWithoutItsMessage() =>
        Assert.Equal("first", (string)JsonNode.Parse(Render(Answer.Item(Items[0], Columns) with { Message = "Done." }, OutputFormat.Json))!["name"]!);

    [Theory]
    [InlineData("[].time", "2026-01-02T03:04:05.1234567Z\nx\n")]
    [InlineData("[?size > `100`].{n: name, s: size}", "first\t2048\n")]
    [InlineData("length(@)", "2\n")]
    [InlineData("[0].nothing", "\n")]
    public void Query_OfJmesPath_KeepsValuesAsTheyAre(string query, string expected) => Assert.Equal(expected, Render(Answer.List(Items, Columns), OutputFormat.Tsv, query));

    [Theory]
    [InlineData("[")]
    [InlineData("nosuchfunction(@)")]
    public void Query_ThatIsNone_IsInvalid(string query) =>
        Assert.Equal(ErrorKind.Invalid, Assert.Throws<BreakwaterException>(() => Render(Answer.List(Items, Columns), OutputFormat.Tsv, query)).Kind);

    [Fact]
    public void Query_AsATable_HasTheColumnsThatItNames() =>
        Assert.Equal("N      S\nfirst  2048\n", Render(Answer.List(Items[..1], Columns), OutputFormat.Table, "[].{n: name, s: size}"));

    [Theory]
    [InlineData("repositry", "repository")]
    [InlineData("reg", "registry")]
    [InlineData("xyz", null)]
    public void NearWord_OfASlip_IsFound(string word, string? expected) => Assert.Equal(expected, NearWord.Find(word, ["registry", "repository", "role"]));
}
