using System.Buffers.Text;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Tokens;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Tokens;

public sealed class RegistryTokensTests
{
    [Fact]
    public async Task Mint_Token_HasTheClaimsOfAcr()
    {
        await using var test = await TestTokens.CreateAsync();

        var parts = test.Issue("repository:a/b:pull,push", "registry:catalog:*").Split('.');
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;

        Assert.Equal(["alg", "kid", "typ"], header.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("Azure Container Registry", payload.GetProperty("iss").GetString());
        Assert.Equal(TestTokens.Host, payload.GetProperty("aud").GetString());
        Assert.Equal("owner", payload.GetProperty("sub").GetString());
        Assert.Equal("2.0", payload.GetProperty("version").GetString());
        Assert.Equal(900, payload.GetProperty("exp").GetInt64() - payload.GetProperty("iat").GetInt64());
        Assert.Equal(
            """[{"type":"registry","name":"catalog","actions":["*"]},{"type":"repository","name":"a/b","actions":["pull","push"]}]""",
            payload.GetProperty("access").GetRawText());
    }

    [Fact]
    public async Task Validate_OwnToken_GivesTheCallerAndItsLimit()
    {
        await using var test = await TestTokens.CreateAsync();
        var token = test.Issue("repository:a/b:pull,push");
        Assert.Null(test.Tokens.FindVerified(token, test.Registry, TestTokens.Host));

        var caller = await test.ValidateAsync(token);

        Assert.Equal(test.Owner.Principal, caller!.Principal);
        Assert.Equal(RepositoryActions.Pull | RepositoryActions.Push, TestTokens.Granted(caller, "a/b"));
        Assert.Same(caller, test.Tokens.FindVerified(token, test.Registry, TestTokens.Host));
        Assert.NotNull(test.Tokens.FindVerified(token, test.Registry, "REGISTRY.example:5000"));
    }

    [Fact]
    public async Task Validate_OtherHostOrRegistry_IsRefusedAlsoWhenRemembered()
    {
        await using var test = await TestTokens.CreateAsync();
        var token = test.Issue();
        Assert.NotNull(await test.ValidateAsync(token));

        Assert.Null(await test.ValidateAsync(token, host: "other.example"));
        Assert.Null(await test.ValidateAsync(token, test.Registry with { Id = Guid.NewGuid() }));
        Assert.Null(await test.ValidateAsync(token, test.Registry with { SecurityVersion = 2 }));
        Assert.Null(test.Tokens.FindVerified(token, test.Registry, "other.example"));
        Assert.Null(test.Tokens.FindVerified(token, test.Registry with { SecurityVersion = 2 }, TestTokens.Host));
    }

    [Fact]
    public async Task Validate_UserChanged_IsRefusedOnTheNextRequest()
    {
        await using var test = await TestTokens.CreateAsync();
        var token = test.Issue();
        Assert.NotNull(await test.ValidateAsync(token));

        await test.Directory.Users.SetPasswordAsync(test.Owner.Principal.Id, new Secret("another horse battery"));

        Assert.Null(test.Tokens.FindVerified(token, test.Registry, TestTokens.Host));
        Assert.Null(await test.ValidateAsync(token));
    }

    [Fact]
    public async Task Validate_SessionEnded_IsRefusedOnTheNextRequest_AlsoAfterARestart()
    {
        await using var test = await TestTokens.CreateAsync();
        var session = await test.Sessions.BeginAsync(test.Owner.Principal.Id);
        var other = await test.Sessions.BeginAsync(test.Owner.Principal.Id);
        var (token, ofOther) = (await BuyAsync(test, session), await BuyAsync(test, other));
        Assert.NotNull(await test.ValidateAsync(token));

        await test.Sessions.TurnAsync(session with { Turn = 7 });

        Assert.Null(test.Tokens.FindVerified(token, test.Registry, TestTokens.Host));
        Assert.Null(await test.ValidateAsync(token));
        Assert.NotNull(await test.ValidateAsync(ofOther));
        var sessions = new SignInSessions(test.Directory.Database, test.Directory.Clock);
        await sessions.LoadAsync();
        var restarted = new RegistryTokens(test.Keys, test.Directory.Principals, sessions, test.Directory.Clock);
        Assert.Null(await restarted.ValidateAsync(token, test.Registry, TestTokens.Host));
        Assert.NotNull(await restarted.ValidateAsync(ofOther, test.Registry, TestTokens.Host));
    }

    [Fact]
    public async Task Validate_Time_IsKeptWithAMinuteOfSkew()
    {
        await using var test = await TestTokens.CreateAsync();
        var token = test.Issue();

        test.Directory.Clock.Advance(TimeSpan.FromSeconds(900 + 59));
        Assert.NotNull(await test.ValidateAsync(token));
        Assert.NotNull(test.Tokens.FindVerified(token, test.Registry, TestTokens.Host));

        test.Directory.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(test.Tokens.FindVerified(token, test.Registry, TestTokens.Host));
        Assert.Null(await test.ValidateAsync(token));
    }

    [Fact]
    public async Task Validate_TokenFromTheFuture_IsRefused()
    {
        await using var test = await TestTokens.CreateAsync();
        test.Directory.Clock.Advance(TimeSpan.FromSeconds(61));
        var token = test.Issue();

        test.Directory.Clock.Advance(TimeSpan.FromSeconds(-61));

        Assert.Null(await test.ValidateAsync(token));
    }

    [Fact]
    public async Task FindVerified_AfterAMinute_AsksForAnotherVerification()
    {
        await using var test = await TestTokens.CreateAsync();
        var token = test.Issue();
        await test.ValidateAsync(token);

        test.Directory.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Null(test.Tokens.FindVerified(token, test.Registry, TestTokens.Host));
        Assert.NotNull(await test.ValidateAsync(token));
    }

    [Fact]
    public async Task Validate_AnyCharacterChanged_IsRefused()
    {
        await using var test = await TestTokens.CreateAsync();
        var token = test.Issue("repository:a/b:pull");

        // The last character holds four bits that no byte uses.
        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Null(await test.ValidateAsync(new string(changed)));
        }
    }

    [Fact]
    public async Task Issue_LongestNamesAndMostRepositories_StaysWithinTheLimit()
    {
        await using var test = await TestTokens.CreateAsync();
        var scopes = Enumerable.Range(0, TokenDefaults.MaxRepositories).Select(i => $"repository:{new string('a', 253)}{i:00}:*").ToArray();

        var token = test.Issue(scopes);

        Assert.InRange(token.Length, 1, TokenDefaults.MaxLength);
        Assert.NotNull(await test.ValidateAsync(token));
        var refusal = Assert.Throws<OciException>(() => test.Issue([.. scopes, "repository:one/more:pull"]));
        Assert.Equal(OciErrors.BadRequest, refusal.Error);
    }

    private static async Task<string> BuyAsync(TestTokens test, SessionTurn session)
    {
        var refresh = test.Tokens.MintRefresh(test.Owner.Principal, test.Registry, TestTokens.Host, sessionId: session.SessionId).Text;
        var holder = await test.Tokens.ValidateRefreshAsync(refresh, test.Registry, TestTokens.Host);
        return test.Issuer.Issue(holder!, test.Registry, TestTokens.Host, ["repository:a/b:pull"]).Text;
    }
}
