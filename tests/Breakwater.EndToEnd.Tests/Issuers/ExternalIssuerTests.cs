using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Clients;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Issuers;

/// <summary>Sign-in without a secret: tokens of another issuer, which runs in a process of its own.</summary>
[Trait("tool", "node")]
public sealed class ExternalIssuerTests : IAsyncLifetime
{
    private const string AcrPush = "8311e382-0749-4cb8-b61a-304f252e45ec", Subject = "repo:team/app:ref:refs/heads/main", Version = "?api-version=2023-01-31";

    private readonly TemporaryFolder folder = new();
    private TestIssuer issuer = null!;
    private ManagedRegistry registry = null!;
    private string application = "", appId = "", audience = "";

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync(folder);
        await File.WriteAllTextAsync(folder["keys.json"], await issuer.KeysAsync());
        await File.WriteAllTextAsync(folder["issuers.json"], JsonSerializer.Serialize(new object[]
        {
            new { issuer = issuer.Address, ca = "issuer.crt" },
            // A closed cluster: nothing is fetched from there.
            new { issuer = "https://kubernetes.default.svc", jwks = "keys.json" },
        }));
        registry = await ManagedRegistry.StartAsync("--trusted-issuers", folder["issuers.json"]);
        (application, appId, _) = await registry.CreateServiceAsync("ci");
        await registry.AssignAsync(application, AcrPush);
        audience = $"api://{registry.Tenant}";
        await TrustAsync("main", issuer.Address, Subject, "claims['repository_id'] eq '42'");
        await TrustAsync("cluster", "https://kubernetes.default.svc", "system:serviceaccount:ci:builder", null);
    }

    [Fact]
    public async Task Exchange_TokenOfACiJob_GivesAccessOnceAndNoLongerThanItself()
    {
        var token = await issuer.MintAsync(Claims());
        var refresh = (string)(await ExchangeAsync(200, token))["refresh_token"]!;

        Assert.InRange(LifetimeOf(refresh), 1, 300);
        var access = await PostAsync(200, "/oauth2/token", ("grant_type", "refresh_token"), ("service", registry.Server.HttpAuthority), ("scope", "repository:team/app:pull,push"), ("refresh_token", refresh));
        Assert.NotNull(access["access_token"]);
        await ExchangeAsync(401, token);
    }

    [Fact]
    public async Task Exchange_TokenThatDoesNotFit_IsRefused()
    {
        var past = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds();
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = Subject + "x", aud = audience, repository_id = "42" }));
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = Subject, aud = "api://AzureADTokenExchange", repository_id = "42" }));
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = Subject, aud = audience, repository_id = "43" }));
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = Subject, aud = audience }));
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = Subject, aud = audience, repository_id = "42", exp = past, iat = past - 60, nbf = past - 60 }));
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = Subject, aud = audience, repository_id = "42", exp = past + 1_000_000 }));
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = Subject, aud = audience, repository_id = "42", iss = "https://elsewhere.example" }));
        await ExchangeAsync(401, await issuer.MintAsync(Claims(), "none"));
        await ExchangeAsync(401, await issuer.MintAsync(Claims(), "HS256"));
        await ExchangeAsync(401, await issuer.MintAsync(Claims(), foreign: true));
        await ExchangeAsync(200, await issuer.MintAsync(Claims()));
    }

    [Fact]
    public async Task Exchange_KeysFromAFile_NeedNoNetwork() =>
        await ExchangeAsync(200, await issuer.MintAsync(new { iss = "https://kubernetes.default.svc", sub = "system:serviceaccount:ci:builder", aud = new[] { audience } }));

    [Fact]
    public async Task Assertion_AtTheIssuer_StandsForTheServicePrincipal()
    {
        var form = (string assertion, string client) => new (string, string)[]
        {
            ("grant_type", "client_credentials"), ("client_id", client), ("scope", "https://management.core.windows.net//.default"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion),
        };
        var token = await issuer.MintAsync(Claims());

        Assert.NotNull((await PostAsync(200, "/adfs/oauth2/token", form(token, appId)))["access_token"]);
        Assert.Equal("invalid_client", (string?)(await PostAsync(401, "/adfs/oauth2/token", form(token, appId)))["error"]);
        await PostAsync(401, "/adfs/oauth2/token", form(await issuer.MintAsync(Claims()), Guid.NewGuid().ToString("D")));
    }

    [Fact]
    public async Task Exchange_TokenOfAWorkload_ActsAsItsManagedIdentityUntilThatIsGone()
    {
        var path = $"{registry.Id[..registry.Id.IndexOf("/providers/", StringComparison.Ordinal)]}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/builder";
        var made = (await PutAsync(201, path, new { location = "local" }))["properties"]!;
        await registry.AssignAsync((string)made["principalId"]!, AcrPush);
        await PutAsync(201, path + "/federatedIdentityCredentials/job", new { properties = new { issuer = issuer.Address, subject = "workload", audiences = new[] { audience } } });
        var claims = new { sub = "workload", aud = audience };

        var refresh = (string)(await ExchangeAsync(200, await issuer.MintAsync(claims)))["refresh_token"]!;
        await BuyAsync(200, refresh);
        await PutAsync(200, path + "/federatedIdentityCredentials/job", new { properties = new { issuer = issuer.Address, subject = "another", audiences = new[] { audience } } });
        await BuyAsync(401, refresh);
        await ExchangeAsync(401, await issuer.MintAsync(claims));
        refresh = (string)(await ExchangeAsync(200, await issuer.MintAsync(new { sub = "another", aud = audience })))["refresh_token"]!;
        Assert.Equal(200, (await registry.Owner.DeleteAsync(path + Version)).Code);
        await BuyAsync(401, refresh);
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = "another", aud = audience }));
    }

    private async Task<JsonNode> PutAsync(int expected, string path, object body)
    {
        var reply = await registry.Owner.SendAsync(HttpMethod.Put, path + Version, JsonSerializer.SerializeToUtf8Bytes(body), "application/json");
        Assert.True(expected == reply.Code, $"PUT {path}: {reply.Code} {reply.Text}");
        return JsonNode.Parse(reply.Text)!;
    }

    [Fact]
    public async Task Assertion_ThenExchange_LastsNoLongerThanTheForeignToken()
    {
        var answer = await PostAsync(
            200, "/adfs/oauth2/token", ("grant_type", "client_credentials"), ("client_id", appId), ("scope", "https://containerregistry.azure.net/.default"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", await issuer.MintAsync(Claims())));
        var refresh = (string)(await ExchangeAsync(200, (string)answer["access_token"]!))["refresh_token"]!;

        Assert.InRange((int)answer["expires_in"]!, 1, 300);
        Assert.InRange(LifetimeOf(refresh), 1, 300);
    }

    [Fact]
    public async Task Exchange_TokenOfAPerson_ActsAsThatUserUntilTheIdentityIsGone()
    {
        var user = await CreatePersonAsync("ida", "8f14e45f");
        await registry.AssignAsync((string)user["id"]!, AcrPush);
        var token = await PersonAsync();
        var refresh = (string)(await ExchangeAsync(200, token))["refresh_token"]!;

        Assert.InRange(LifetimeOf(refresh), 1, 300);
        Assert.Equal("ida", (string?)JsonNode.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(refresh.Split('.')[1]))!["sub"]);
        await BuyAsync(200, refresh);
        await ExchangeAsync(401, token);
        foreach (var claims in new object[]
        {
            new { sub = "8f14e45g", aud = audience }, new { sub = "8f14e45f", aud = "another-client" }, new { sub = "8f14e45f", aud = registry.Server.HttpAuthority },
            new { sub = "other", email = "8f14e45f", preferred_username = "ida", oid = "8f14e45f", aud = audience }, new { iss = "https://kubernetes.default.svc", sub = "8f14e45f", aud = audience },
        })
            await ExchangeAsync(401, await issuer.MintAsync(claims));
        await ExchangeAsync(401, await issuer.MintAsync(new { sub = "8f14e45f", aud = audience }, foreign: true));

        await ChangeAsync(204, "ida", new { accountEnabled = false });
        await BuyAsync(401, refresh);
        await ExchangeAsync(401, await PersonAsync());
        await ChangeAsync(204, "ida", new { accountEnabled = true });
        var second = (string)(await ExchangeAsync(200, await PersonAsync()))["refresh_token"]!;
        await ChangeAsync(204, "ida", new { identities = Array.Empty<object>() });
        await BuyAsync(401, second);
        await ExchangeAsync(401, await PersonAsync());
    }

    [Fact]
    public async Task Exchange_PersonsToken_IsNoClientAndNotAmbiguous()
    {
        await registry.AssignAsync((string)(await CreatePersonAsync("jack", Subject))["id"]!, AcrPush);
        // The subject is the job's too: which of both is meant is not for this side to guess.
        await ExchangeAsync(401, await issuer.MintAsync(Claims()));
        await PostAsync(
            200, "/oauth2/exchange", ("grant_type", "access_token"), ("service", registry.Server.HttpAuthority), ("client_id", appId), ("access_token", await issuer.MintAsync(Claims())));
        await CreatePersonAsync("kim", "kims-id");
        await PostAsync(
            401, "/adfs/oauth2/token", ("grant_type", "client_credentials"), ("client_id", "kim"), ("scope", "https://management.core.windows.net//.default"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", await issuer.MintAsync(new { sub = "kims-id", aud = audience })));
    }

    [Fact]
    public async Task Identities_UnacceptableOrTaken_ChangeNothing()
    {
        await CreatePersonAsync("lou", "lous-id");
        foreach (var (type, of, id) in new[]
        {
            ("federated", "https://elsewhere.example", "x"), ("federated", issuer.Address + "/", "x"), ("federated", issuer.Address, "lou@example.com"), ("federated", issuer.Address, ""),
            ("emailAddress", issuer.Address, "x"), ("federated", issuer.Address, "lous-id"),
        })
        {
            var reply = await SendPersonAsync("max", new { signInType = type, issuer = of, issuerAssignedId = id });
            Assert.Equal(400, reply.Code);
        }
        Assert.Equal(404, (await registry.Owner.GetAsync("/graph/v1.0/users/max")).Code);
        Assert.Equal(201, (await SendPersonAsync("max", new { signInType = "federated", issuer = issuer.Address, issuerAssignedId = "maxs-id" })).Code);
        await ChangeAsync(400, "max", new { displayName = "changed", identities = new[] { Identity("lous-id") } });
        var shown = await ShownAsync("max");
        Assert.Equal(("max", "maxs-id", issuer.Address), ((string?)shown["displayName"], (string?)shown["identities"]![0]!["issuerAssignedId"], (string?)shown["identities"]![0]!["issuer"]));
        Assert.Equal(204, (await registry.Owner.DeleteAsync("/graph/v1.0/users/lou")).Code);
        await ChangeAsync(204, "max", new { identities = new[] { Identity("lous-id"), Identity("maxs-id") } });
        Assert.Equal(2, (await ShownAsync("max"))["identities"]!.AsArray().Count);
    }

    private object Identity(string subject) => new { signInType = "federated", issuer = issuer.Address, issuerAssignedId = subject };

    private Task<RegistryReply> SendPersonAsync(string name, object identity) => registry.Owner.SendAsync(
        HttpMethod.Post, "/graph/v1.0/users", JsonSerializer.SerializeToUtf8Bytes(new { userPrincipalName = name, identities = new[] { identity } }), "application/json");

    private async Task<JsonNode> CreatePersonAsync(string name, string subject)
    {
        Assert.Equal(201, (await SendPersonAsync(name, Identity(subject))).Code);
        return await ShownAsync(name);
    }

    private async Task<JsonNode> ShownAsync(string name) => JsonNode.Parse((await registry.Owner.GetAsync($"/graph/v1.0/users/{name}")).Text)!;

    private async Task ChangeAsync(int expected, string name, object body) => Assert.Equal(
        expected, (await registry.Owner.SendAsync(HttpMethod.Patch, $"/graph/v1.0/users/{name}", JsonSerializer.SerializeToUtf8Bytes(body), "application/json")).Code);

    private Task<string> PersonAsync() => issuer.MintAsync(new { sub = "8f14e45f", aud = new[] { audience } });

    private Task<JsonNode> BuyAsync(int expected, string refresh) => PostAsync(
        expected, "/oauth2/token", ("grant_type", "refresh_token"), ("service", registry.Server.HttpAuthority), ("scope", "repository:team/app:pull,push"), ("refresh_token", refresh));

    private static long LifetimeOf(string token)
    {
        var claims = JsonNode.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(token.Split('.')[1]))!;
        return (long)claims["exp"]! - (long)claims["iat"]!;
    }

    [Fact]
    public async Task Credential_RemovedOrUnacceptable_OpensNothing()
    {
        foreach (var (bad, value) in new[] { ("issuer", "https://elsewhere.example"), ("subject", "repo:team/*"), ("audience", "api://AzureADTokenExchange"), ("expression", "claims['a'] matches '*'") })
        {
            var reply = await AddAsync(
                "bad", bad == "issuer" ? value : issuer.Address, bad == "subject" ? value : "s", bad == "audience" ? value : audience, bad == "expression" ? value : null);
            Assert.Equal(400, reply.Code);
        }
        var refresh = (string)(await ExchangeAsync(200, await issuer.MintAsync(Claims())))["refresh_token"]!;
        Assert.Equal(204, (await registry.Owner.DeleteAsync($"/graph/v1.0/applications/{application}/federatedIdentityCredentials/main")).Code);
        await ExchangeAsync(401, await issuer.MintAsync(Claims()));
        await PostAsync(401, "/oauth2/token", ("grant_type", "refresh_token"), ("service", registry.Server.HttpAuthority), ("refresh_token", refresh));
    }

    private object Claims() => new { sub = Subject, aud = audience, repository_id = "42" };

    private async Task TrustAsync(string name, string of, string subject, string? expression) => Assert.Equal(201, (await AddAsync(name, of, subject, audience, expression)).Code);

    private Task<RegistryReply> AddAsync(string name, string of, string subject, string forAudience, string? expression) => registry.Owner.SendAsync(
        HttpMethod.Post, $"/graph/v1.0/applications/{application}/federatedIdentityCredentials",
        JsonSerializer.SerializeToUtf8Bytes(new { name, issuer = of, subject, audiences = new[] { forAudience }, claimsMatchingExpression = expression is null ? null : new { value = expression, languageVersion = 1 } }), "application/json");

    private Task<JsonNode> ExchangeAsync(int expected, string token) => PostAsync(
        expected, "/oauth2/exchange", ("grant_type", "access_token"), ("service", registry.Server.HttpAuthority), ("access_token", token));

    private async Task<JsonNode> PostAsync(int expected, string path, params (string Name, string Value)[] form)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{registry.Server.HttpAuthority}") };
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == (int)response.StatusCode, $"POST {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (registry is not null)
            await registry.DisposeAsync();
        await issuer.DisposeAsync();
        folder.Dispose();
    }
}
