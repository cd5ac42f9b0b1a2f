using System.Web;
using Breakwater.Cli.Profiles;
using Breakwater.Cli.Running;
using Breakwater.Cli.Tests.Client;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;
using Breakwater.Testing.Tooling;

namespace Breakwater.Cli.Tests.Profiles;

/// <summary>Several runs with one profile, against an issuer that takes each refresh token once.</summary>
public sealed class SharedProfileTests : IDisposable
{
    private const string Name = "default";

    private readonly TemporaryFolder folder = new();
    private readonly List<Connection> connections = [];
    private readonly StubServer issuer;
    private readonly ProfileStore store;
    private int turn = 1;

    public SharedProfileTests()
    {
        issuer = new StubServer((_, _) => HttpUtility.ParseQueryString(issuer!.Bodies[^1])["refresh_token"] == $"turn{turn}"
            ? (200, $$"""{"access_token":"access{{++turn}}","expires_in":3600,"refresh_token":"turn{{turn}}"}""", [])
            : (400, """{"error":"invalid_grant","error_description":"It was used before."}""", []));
        store = new ProfileStore(folder.Path, TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Profile Kept => store.Find(Name)!;

    private Task SaveAsync(string account = "me") => store.SaveAsync(Name, new Profile { Endpoint = issuer.Address, Tenant = "t", SignIn = new SignInState { Kind = AccountKind.User, Account = account, RefreshToken = $"turn{turn}" } }, Stop);

    private Session Open()
    {
        var around = new Surroundings { Input = TextReader.Null, Output = TextWriter.Null, Error = TextWriter.Null };
        var connection = new Connection(Kept, around, new ProfileKeeper(store, Name, Kept));
        connections.Add(connection);
        return connection.Session;
    }

    [Fact]
    public async Task GetToken_OfRunsThatInterleave_UsesTheLatestRefreshTokenAndLosesNothing()
    {
        await SaveAsync();
        var (first, second) = (Open(), Open());

        Assert.Equal("access2", await second.GetTokenAsync(Audience.Management, Stop));
        Assert.Equal("access3", await first.GetTokenAsync(Audience.Directory, Stop));
        Assert.Equal("access4", await second.GetTokenAsync(Audience.Registry, Stop));
        var (one, two) = (new HeldToken("one", DateTimeOffset.MaxValue), new HeldToken("two", DateTimeOffset.MaxValue));
        await first.KeepRegistryAsync("one.example", one, Stop);
        await second.KeepRegistryAsync("two.example", two, Stop);

        Assert.Equal("turn4", Kept.SignIn.RefreshToken);
        Assert.Equal(["access2", "access3", "access4"], Kept.SignIn.Access.Values.Select(token => token.Value).Order());
        Assert.Equal([one, two], Kept.SignIn.Registries.Values.OrderBy(token => token.Value));
        Assert.Equal("access4", await first.GetTokenAsync(Audience.Registry, Stop));
        Assert.Equal(3, issuer.Requests.Count);
    }

    [Fact]
    public async Task GetToken_OfRunsAtOnce_RenewsOnce()
    {
        await SaveAsync();
        var sessions = Enumerable.Range(0, 8).Select(_ => Open()).ToList();

        var tokens = await Task.WhenAll(sessions.Select(session => Task.Run(() => session.GetTokenAsync(Audience.Management, Stop))));

        Assert.All(tokens, token => Assert.Equal("access2", token));
        Assert.Single(issuer.Requests);
    }

    [Fact]
    public async Task DropRegistry_TokenThatAnotherRunReplaced_LeavesTheNewOne()
    {
        await SaveAsync();
        var first = Open();
        await first.KeepRegistryAsync("one.example", new HeldToken("old", DateTimeOffset.MaxValue), Stop);
        var second = Open();
        await second.KeepRegistryAsync("one.example", new HeldToken("new", DateTimeOffset.MaxValue), Stop);

        await first.DropRegistryAsync("one.example", Stop);
        Assert.Equal("new", first.FindRegistry("one.example")!.Value);
        await first.DropRegistryAsync("one.example", Stop);
        Assert.Empty(Kept.SignIn.Registries);
    }

    [Fact]
    public async Task GetToken_AfterLogoutOrAnotherLogin_EndsAndLeavesWhatIsKept()
    {
        await SaveAsync();
        var session = Open();
        await store.DeleteAsync(Name, Stop);
        Assert.Equal(ErrorKind.NotSignedIn, (await Assert.ThrowsAsync<BreakwaterException>(() => session.GetTokenAsync(Audience.Management, Stop))).Kind);
        await session.KeepRegistryAsync("one.example", new HeldToken("one", DateTimeOffset.MaxValue), Stop);
        Assert.Null(store.Find(Name));

        await SaveAsync("another");
        await Assert.ThrowsAsync<BreakwaterException>(() => session.GetTokenAsync(Audience.Management, Stop));
        await session.KeepRegistryAsync("two.example", new HeldToken("two", DateTimeOffset.MaxValue), Stop);
        Assert.Equal(("another", "turn1", 0), (Kept.SignIn.Account, Kept.SignIn.RefreshToken, Kept.SignIn.Registries.Count));
        Assert.Empty(issuer.Requests);
    }

    public void Dispose()
    {
        connections.ForEach(connection => connection.Dispose());
        issuer.Dispose();
        folder.Dispose();
    }
}
