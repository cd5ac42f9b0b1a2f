using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Identity;

public sealed class TrustedIssuersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("breakwater-").FullName;

    [Theory]
    [InlineData("{")]
    [InlineData("""[{"issuer": ""}]""")]
    [InlineData("""[{"issuer": "http://issuer.example"}]""")]
    [InlineData("""[{"issuer": "kubernetes"}]""")]
    [InlineData("""[{"issuer": "https://issuer.example", "audience": "x"}]""")]
    [InlineData("""[{"issuer": "https://issuer.example", "jwks": "missing.json"}]""")]
    [InlineData("""[{"issuer": "https://issuer.example", "ca": "missing.pem"}]""")]
    [InlineData("""[{"issuer": "https://issuer.example"}, {"issuer": "https://issuer.example"}]""")]
    public void Read_WrongFile_IsRefusedByName(string json)
    {
        var file = Path.Combine(_folder, "issuers.json");
        File.WriteAllText(file, json);

        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => TrustedIssuers.Read(file, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_KeysFromAFile_ExactIssuerOnly()
    {
        File.WriteAllText(Path.Combine(_folder, "keys.json"), """{"keys": [{"kty": "oct", "kid": "a", "k": "AAAA"}]}""");
        var file = Path.Combine(_folder, "issuers.json");
        File.WriteAllText(file, """[{"issuer": "kubernetes", "jwks": "keys.json"}]""");

        var issuers = TrustedIssuers.Read(file, TimeProvider.System);

        Assert.Null(issuers.Find("kubernetes/"));
        Assert.Null(issuers.Find("Kubernetes"));
        Assert.NotNull(await issuers.Find("kubernetes")!.Keys(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Keys_IssuerThatDoesNotAnswer_IsNotAskedAgainAtOnce()
    {
        var clock = new ManualClock();
        var file = Path.Combine(_folder, "issuers.json");
        // Nothing listens there.
        File.WriteAllText(file, """[{"issuer": "https://127.0.0.1:1"}]""");
        var issuer = TrustedIssuers.Read(file, clock).Find("https://127.0.0.1:1")!;

        Assert.Empty(await issuer.Keys(TestContext.Current.CancellationToken));
        using var already = new CancellationTokenSource();
        await already.CancelAsync();
        // Whoever asks now would notice the cancellation; it is answered without asking.
        Assert.Empty(await issuer.Keys(already.Token));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
