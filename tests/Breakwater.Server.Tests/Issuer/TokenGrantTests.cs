using System.Net;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Issuer;

public sealed class TokenGrantTests(AccessHost host) : IssuerTest(host)
{
    [Theory]
    [InlineData("adfs")]
    [InlineData("common")]
    [InlineData("organizations")]
    [InlineData(null)]
    public async Task Configuration_EachShape_NamesEndpointsOfItsShape(string? shape)
    {
        var (root, tail) = shape == "adfs" ? ("/adfs", "") : ($"/{shape ?? Tenant}", "/v2.0");
        var document = (await CallAsync(HttpStatusCode.OK, "GET", $"{root}{tail}/.well-known/openid-configuration"))!;

        var origin = $"http://{Host.Authority}";
        Assert.Equal(shape == "adfs" ? $"{origin}/adfs" : $"{origin}/{Tenant}/v2.0", (string?)document["issuer"]);
        Assert.Equal(shape == "adfs" ? $"{origin}/adfs/oauth2/token" : $"{origin}/{Tenant}/oauth2/v2.0/token", (string?)document["token_endpoint"]);
        Assert.Equal(shape == "adfs", document["grant_types_supported"]!.AsArray().Any(grant => (string?)grant == "password"));
        Assert.NotEmpty((await CallAsync(HttpStatusCode.OK, "GET", new Uri((string)document["jwks_uri"]!).AbsolutePath))!["keys"]!.AsArray());
    }

    [Fact]
    public async Task ClientCredentials_SecretInFormOrHeader_GivesATokenForItsAudienceOnly()
    {
        var (id, appId, secret, _) = await CreateServiceAsync("builder");
        await AssignAsync(id, "Owner", scope: Subscription);
        var token = await TokenAsync(HttpStatusCode.OK, $"/{Tenant}/oauth2/v2.0/token", ("grant_type", "client_credentials"), ("client_id", appId), ("client_secret", secret), ("scope", ForManagement));

        var claims = ClaimsOf((string)token["access_token"]!);
        Assert.Equal(("https://management.core.windows.net/", id, Tenant, "app"), (
            claims.GetProperty("aud").GetString(), claims.GetProperty("oid").GetString(), claims.GetProperty("tid").GetString(), claims.GetProperty("idtyp").GetString()));
        Assert.Null(token["refresh_token"]);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", $"{Registry}{Version}", Bearer(token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"{Graph}/users", Bearer(token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/", Bearer(token)));
    }

    [Theory]
    [InlineData("client_credentials", "bwk_sp_wrong", ForManagement, "invalid_client")]
    [InlineData("client_credentials", null, "https://elsewhere.example/.default", "invalid_scope")]
    [InlineData("client_credentials", null, ForManagement + " " + ForGraph, "invalid_scope")]
    [InlineData("password", null, ForManagement, "unsupported_grant_type")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange", null, ForManagement, "unsupported_grant_type")]
    public async Task Token_WrongRequests_AreRefused(string grant, string? wrong, string scope, string error)
    {
        var (_, appId, secret, _) = await CreateServiceAsync("wrong");
        var client = grant == "password" ? Cli : appId;
        var form = new List<(string, string)> { ("grant_type", grant), ("client_id", client), ("scope", scope), ("username", "owner"), ("password", Password) };
        if (grant != "password")
            form.Add(("client_secret", wrong ?? secret));

        var answer = await TokenAsync(error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, $"/{Tenant}/oauth2/v2.0/token", [.. form]);

        Assert.Equal(error, (string?)answer["error"]);
        Assert.Null(answer["access_token"]);
    }

    [Fact]
    public async Task Password_User_GetsWhatMsalNeeds()
    {
        await CreateUserAsync("ida");
        var answer = await SignInAsync("ida", ForGraph);

        Assert.NotNull(answer["client_info"]);
        Assert.Equal(3600, (int)answer["ext_expires_in"]!);
        var id = ClaimsOf((string)answer["id_token"]!);
        Assert.Equal((Cli, "ida"), (id.GetProperty("aud").GetString(), id.GetProperty("preferred_username").GetString()));
        Assert.Equal("invalid_grant", (string?)(await SignInAsync("ida", ForGraph, HttpStatusCode.BadRequest, "wrong horse battery"))["error"]);
        // An admin user, a token and an application are no persons.
        var (_, appId, secret, _) = await CreateServiceAsync("person");
        Assert.Equal("invalid_grant", (string?)(await SignInAsync(appId, ForGraph, HttpStatusCode.BadRequest, secret))["error"]);
    }

    [Fact]
    public async Task Refresh_OtherResource_GivesATokenForIt_UntilThePasswordChanges()
    {
        var id = await CreateUserAsync("jack");
        var first = await SignInAsync("jack", ForManagement);
        var refresh = (string)first["refresh_token"]!;
        var second = await RefreshAsync(HttpStatusCode.OK, refresh, ForGraph);

        Assert.Equal("https://graph.microsoft.com", ClaimsOf((string)second["access_token"]!).GetProperty("aud").GetString());
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", $"/subscriptions{Version}", Bearer(first)));
        await CallAsync(HttpStatusCode.NoContent, "PATCH", $"{Graph}/users/{id}", new { accountEnabled = false });
        refresh = (string)second["refresh_token"]!;
        Assert.Equal("invalid_grant", (string?)(await RefreshAsync(HttpStatusCode.BadRequest, refresh, ForGraph))["error"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"/subscriptions{Version}", Bearer(first)));
        await CallAsync(HttpStatusCode.NoContent, "PATCH", $"{Graph}/users/{id}", new { accountEnabled = true });
        Assert.Equal("invalid_grant", (string?)(await RefreshAsync(HttpStatusCode.BadRequest, refresh, ForGraph))["error"]);
    }

    [Fact]
    public async Task Refresh_OfAnotherClientOrAccessToken_IsRefused()
    {
        await CreateUserAsync("kim");
        var first = await SignInAsync("kim", ForManagement);

        await PostAsync(HttpStatusCode.BadRequest, "/adfs/oauth2/token", ("grant_type", "refresh_token"), ("client_id", "1950a258-227b-4e31-a9cf-717495945fc2"), ("refresh_token", (string)first["refresh_token"]!));
        await RefreshAsync(HttpStatusCode.BadRequest, (string)first["access_token"]!, ForGraph);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"/subscriptions{Version}", Bearer(first, "refresh_token")));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"/subscriptions{Version}", Bearer(first, "id_token")));
    }

    [Fact]
    public async Task Refresh_OldToken_EndsTheWholeSession()
    {
        var id = await CreateUserAsync("leo");
        await AssignAsync(id, "AcrPull");
        var other = await SignInAsync("leo", ForRegistry);
        var first = await SignInAsync("leo", ForRegistry);
        var second = await RefreshAsync(HttpStatusCode.OK, (string)first["refresh_token"]!, ForManagement);
        // Two programs with one token: whoever comes second gets the same next one.
        var beside = await RefreshAsync(HttpStatusCode.OK, (string)first["refresh_token"]!, ForRegistry);
        var third = await RefreshAsync(HttpStatusCode.OK, (string)second["refresh_token"]!, ForRegistry, "");
        Assert.NotNull(third["refresh_token"]);
        var ofRegistry = await ExchangeAsync(HttpStatusCode.OK, beside);
        var bought = await BuyAsync(HttpStatusCode.OK, ofRegistry);
        var byBasic = await BuyByBasicAsync(ofRegistry);
        var ofOther = await BuyAsync(HttpStatusCode.OK, await ExchangeAsync(HttpStatusCode.OK, other));
        foreach (var access in new[] { bought, byBasic, ofOther })
            Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", Bearer(access)));

        Assert.Equal("invalid_grant", (string?)(await RefreshAsync(HttpStatusCode.BadRequest, (string)first["refresh_token"]!, ForGraph))["error"]);

        Assert.Equal("invalid_grant", (string?)(await RefreshAsync(HttpStatusCode.BadRequest, (string)third["refresh_token"]!, ForGraph))["error"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"/subscriptions{Version}", Bearer(second)));
        await ExchangeAsync(HttpStatusCode.Unauthorized, third);
        await BuyAsync(HttpStatusCode.Unauthorized, ofRegistry);
        foreach (var access in new[] { bought, byBasic })
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/app/manifests/v1", Bearer(access)));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", Bearer(ofOther)));
        await ExchangeAsync(HttpStatusCode.OK, other);
        await RefreshAsync(HttpStatusCode.OK, (string)other["refresh_token"]!, ForGraph);
    }

    [Fact]
    public async Task Refresh_RefusedForItsScope_UsesNothingUp()
    {
        await CreateUserAsync("mo");
        var refresh = (string)(await SignInAsync("mo", ForManagement))["refresh_token"]!;

        for (var i = 0; i < 3; i++)
            await RefreshAsync(HttpStatusCode.BadRequest, refresh, "https://elsewhere.example/.default");
        var second = (string)(await RefreshAsync(HttpStatusCode.OK, refresh, ForGraph))["refresh_token"]!;
        await RefreshAsync(HttpStatusCode.OK, second, ForGraph);
    }

    [Fact]
    public async Task AccessToken_SecretRemoved_EndsAtOnce()
    {
        var (id, appId, secret, key) = await CreateServiceAsync("rotated");
        await AssignAsync(id, "Reader", scope: Subscription);
        var token = await TokenAsync(HttpStatusCode.OK, "/adfs/oauth2/token", ("grant_type", "client_credentials"), ("client_id", appId), ("client_secret", secret), ("scope", ForManagement));

        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", $"{Registry}{Version}", Bearer(token)));
        await CallAsync(HttpStatusCode.NoContent, "POST", $"{Graph}/applications/{id}/removePassword", new { keyId = key });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"{Registry}{Version}", Bearer(token)));
    }

    [Fact]
    public async Task Subscriptions_ShowWhatTheCallerHasARoleFor()
    {
        var id = await CreateUserAsync("lou");
        var token = Bearer(await SignInAsync("lou", ForManagement));

        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"/subscriptions{Version}", authorization: token))!["value"]!.AsArray());
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"{Subscription}{Version}", authorization: token);
        await AssignAsync(id, "AcrPull");
        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"/subscriptions{Version}", authorization: token))!["value"]!.AsArray());
        // Pulling shows nothing of how the registry is managed.
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"{Subscription}/resources{Version}", authorization: token))!["value"]!.AsArray());
        await AssignAsync(id, "Reader");
        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{Subscription}/resources{Version}&$filter=resourceType eq 'Microsoft.ContainerRegistry/registries'", authorization: token))!["value"]!.AsArray());
    }

    private Task<System.Text.Json.Nodes.JsonNode> RefreshAsync(HttpStatusCode expected, string token, string scope, string beside = "openid profile offline_access") => PostAsync(
        expected, "/adfs/oauth2/token", ("grant_type", "refresh_token"), ("client_id", Cli), ("refresh_token", token), ("scope", $"{scope} {beside}"));

    private async Task<string?> ExchangeAsync(HttpStatusCode expected, System.Text.Json.Nodes.JsonNode tokens) => (string?)(await PostAsync(
        expected, "/oauth2/exchange", ("grant_type", "access_token"), ("service", Host.Authority), ("access_token", (string)tokens["access_token"]!)))["refresh_token"];

    /// <summary>As docker gets its access token.</summary>
    private async Task<System.Text.Json.Nodes.JsonNode> BuyByBasicAsync(string? refresh)
    {
        using var response = await Host.SendAsync("GET", $"/oauth2/token?service={Host.Authority}&scope=repository:app:pull", AccessHost.Basic("00000000-0000-0000-0000-000000000000", refresh!));
        return System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private Task<System.Text.Json.Nodes.JsonNode> BuyAsync(HttpStatusCode expected, string? refresh) => PostAsync(
        expected, "/oauth2/token", ("grant_type", "refresh_token"), ("service", Host.Authority), ("scope", "repository:app:pull"), ("refresh_token", refresh!));
}
