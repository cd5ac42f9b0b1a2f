using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Tokens;

public sealed class TokenEndpointTests(AccessHost host) : IClassFixture<AccessHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;

    private async Task<HttpResponseMessage> PostAsync(string form, string type = "application/x-www-form-urlencoded")
    {
        using var content = new StringContent(form, Encoding.UTF8, type);
        return await host.Client.PostAsync("/oauth2/token", content, Cancellation);
    }

    [Theory]
    [InlineData("scope=repository:a:pull%20repository:b:push")]
    [InlineData("scope=repository:a:pull&scope=repository:b:push&account=owner&client_id=docker&offline_token=true")]
    public async Task Get_WithPassword_AnswersBothNamesAndNoRefreshToken(string query)
    {
        using var response = await host.SendAsync("GET", $"/oauth2/token?service={host.Authority}&{query}", AccessHost.Basic());
        var answer = await JsonAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(["access_token", "expires_in", "issued_at", "token"], answer.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(answer.GetProperty("token").GetString(), answer.GetProperty("access_token").GetString());
        Assert.Equal(900, answer.GetProperty("expires_in").GetInt32());
        Assert.EndsWith("Z", answer.GetProperty("issued_at").GetString(), StringComparison.Ordinal);
        var token = new AuthenticationHeaderValue("Bearer", answer.GetProperty("token").GetString());
        using var pull = await host.SendAsync("GET", "/v2/a/manifests/v1", token);
        using var push = await host.SendAsync("PUT", "/v2/b/manifests/v1", token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (pull.StatusCode, push.StatusCode));
    }

    [Fact]
    public async Task Get_UserWithoutRole_GetsATokenThatAllowsNothing()
    {
        var name = $"nobody{Guid.NewGuid():N}";
        await host.CreateNobodyAsync(name);

        using var response = await host.SendAsync("GET", "/oauth2/token?scope=repository:a:pull,push", AccessHost.Basic(name));
        var token = new AuthenticationHeaderValue("Bearer", (await JsonAsync(response)).GetProperty("token").GetString());
        using var pull = await host.SendAsync("GET", "/v2/a/manifests/v1", token);
        using var root = await host.SendAsync("GET", "/v2/", token);

        Assert.Equal(HttpStatusCode.Unauthorized, pull.StatusCode);
        Assert.EndsWith("error=\"insufficient_scope\"", pull.Headers.GetValues("WWW-Authenticate").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, root.StatusCode);
    }

    [Fact]
    public async Task Get_NoWrongOrBearerCredentials_Are401()
    {
        var bearer = await host.BearerAsync("repository:a:pull");
        foreach (var credentials in new[] { null, AccessHost.Basic("owner", "wrong horse battery"), bearer })
        {
            using var response = await host.SendAsync("GET", "/oauth2/token", credentials);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.StartsWith("Basic realm=", response.Headers.GetValues("WWW-Authenticate").Single(), StringComparison.Ordinal);
            Assert.Equal("UNAUTHORIZED", (await JsonAsync(response)).GetProperty("errors")[0].GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Get_ServiceOfAnotherHost_Is400()
    {
        using var response = await host.SendAsync("GET", "/oauth2/token?service=elsewhere.example", AccessHost.Basic());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(host.Authority, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_PasswordGrant_Answers()
    {
        using var response = await PostAsync($"grant_type=password&service={host.Authority}&scope=repository:a:pull&username=owner&password={Uri.EscapeDataString(AccessHost.Password)}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var token = new AuthenticationHeaderValue("Bearer", (await JsonAsync(response)).GetProperty("access_token").GetString());
        using var pull = await host.SendAsync("GET", "/v2/a/manifests/v1", token);
        Assert.Equal(HttpStatusCode.OK, pull.StatusCode);
    }

    [Theory]
    [InlineData("grant_type=refresh_token&refresh_token=x", HttpStatusCode.Unauthorized)]
    [InlineData("grant_type=refresh_token", HttpStatusCode.Unauthorized)]
    [InlineData("grant_type=client_credentials", HttpStatusCode.BadRequest)]
    [InlineData("grant_type=password&grant_type=password&username=owner&password=x", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("grant_type=password", HttpStatusCode.Unauthorized)]
    [InlineData("grant_type=password&username=owner&password=wrong%20horse%20battery", HttpStatusCode.Unauthorized)]
    public async Task Post_OtherForms_AreRefused(string form, HttpStatusCode expected)
    {
        using var response = await PostAsync(form);
        var error = (await JsonAsync(response)).GetProperty("errors")[0];

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.BadRequest)
            Assert.Contains("Supported: password", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoForm_Is400()
    {
        using var response = await PostAsync("{}", "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("a=")]
    [InlineData("grant_type=password&username=owner&password=")]
    public async Task Post_LargeBody_IsRefused(string form)
    {
        using var response = await PostAsync(form + new string('x', 70_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task JwkSet_Get_ShowsPublicKeysOnly()
    {
        using var response = await host.SendAsync("GET", "/.well-known/jwks.json");
        var keys = (await JsonAsync(response)).GetProperty("keys").EnumerateArray().ToList();

        Assert.Equal(2, keys.Count);
        Assert.All(keys, key => Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(p => p.Name).Order()));
    }
}
