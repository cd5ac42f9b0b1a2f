using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

public sealed class FirstScreenTests
{
    private static readonly FirstScreenFacts FirstStart = new()
    {
        Version = "0.1.0",
        RegistryName = "local",
        DataDirectory = "/home/you/.local/share/breakwater",
        Http = "127.0.0.1:5000",
        Https = "127.0.0.1:5443",
        Operations = "127.0.0.1:5001",
        GeneratedPassword = "bwk_pw_0123456789abcdefABCDEFabcdef",
        PasswordNote = "",
        AuthorityFile = "/home/you/.local/share/breakwater/tls/ca.crt",
    };

    private static readonly FirstScreenFacts Later = FirstStart with { GeneratedPassword = null, PasswordNote = "set at the first start" };

    [Fact]
    public async Task Render_FirstStart_IsTheSnapshot() => await MatchAsync("first-screen.txt", FirstStart);

    [Fact]
    public async Task Render_LaterStartWithOwnCertificate_IsTheSnapshot() =>
        await MatchAsync("later-screen.txt", Later with { Http = null, Operations = null, Https = "192.0.2.1:443", AuthorityFile = null });

    [Fact]
    public void Render_WithoutColour_HasNoEscapes()
    {
        Assert.DoesNotContain('\e', FirstScreen.Render(FirstStart, colour: false));
        Assert.Contains('\e', FirstScreen.Render(FirstStart, colour: true));
    }

    [Fact]
    public void Render_PathWithSpace_IsQuotedForTheShell() =>
        Assert.Contains("CA='/srv/my data/ca.crt'", FirstScreen.Render(Later with { AuthorityFile = "/srv/my data/ca.crt" }, colour: false), StringComparison.Ordinal);

    private static async Task MatchAsync(string name, FirstScreenFacts facts)
    {
        var screen = FirstScreen.Render(facts, colour: false);
        Assert.Equal(await Snapshot.ReadAsync("Hosting/" + name, screen), screen);
        var lines = screen.Split('\n');
        Assert.True(lines.Length <= 31, $"{lines.Length} lines");
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
    }
}
