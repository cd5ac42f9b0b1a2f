using System.Net;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Issuer;

public sealed class ExchangeTests(AccessHost host) : IssuerTest(host)
{
    private const string NullGuid = "00000000-0000-0000-0000-000000000000";

    private Task<System.Text.Json.Nodes.JsonNode> ExchangeAsync(HttpStatusCode expected, string token) =>
        PostAsync(expected, "/oauth2/exchange", ("grant_type", "access_token"), ("service", Host.Authority), ("tenant", Tenant), ("access_token", token));

    [Theory]
    [InlineData(ForRegistry, true)]
    [InlineData(ForManagement, true)]
    [InlineData(ForGraph, false)]
    public async Task Exchange_EachAudience_GivesARefreshTokenOrNothing(string scope, bool accepted)
    {
        await AssignAsync(await CreateUserAsync($"may{scope.Length}"), "AcrPull");
        var token = (string)(await SignInAsync($"may{scope.Length}", scope))["access_token"]!;

        var answer = await ExchangeAsync(accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, token);

        if (!accepted)
            return;
        var claims = ClaimsOf((string)answer["refresh_token"]!);
        Assert.Equal("refresh_token", claims.GetProperty("grant_type").GetString());
        Assert.Equal(3 * 60 * 60, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.False(claims.TryGetProperty("access", out _));
    }

    [Fact]
    public async Task Exchange_ManagementTokensRefused_TakesOnlyThoseForRegistries()
    {
        await AssignAsync(await CreateUserAsync("strict"), "AcrPull");
        await CallAsync(HttpStatusCode.OK, "PATCH", Registry + Version, new { properties = new { policies = new { azureADAuthenticationAsArmPolicy = new { status = "disabled" } } } });
        await ExchangeAsync(HttpStatusCode.Unauthorized, (string)(await SignInAsync("strict", ForManagement))["access_token"]!);
        await ExchangeAsync(HttpStatusCode.OK, (string)(await SignInAsync("strict", ForRegistry))["access_token"]!);
        var shown = await CallAsync(HttpStatusCode.OK, "PATCH", Registry + Version, new { properties = new { policies = new { azureADAuthenticationAsArmPolicy = new { status = "enabled" } } } });
        Assert.Equal("enabled", (string?)shown!["properties"]!["policies"]!["azureADAuthenticationAsArmPolicy"]!["status"]);
        await ExchangeAsync(HttpStatusCode.OK, (string)(await SignInAsync("strict", ForManagement))["access_token"]!);
    }

    [Fact]
    public async Task Exchange_NoRoleOrNoToken_Is401()
    {
        await CreateUserAsync("none");
        await ExchangeAsync(HttpStatusCode.Unauthorized, (string)(await SignInAsync("none", ForRegistry))["access_token"]!);
        await ExchangeAsync(HttpStatusCode.Unauthorized, "");
        await ExchangeAsync(HttpStatusCode.Unauthorized, "a.b.c");
        await PostAsync(HttpStatusCode.BadRequest, "/oauth2/exchange", ("grant_type", "password"), ("access_token", "x"));
        await PostAsync(HttpStatusCode.BadRequest, "/oauth2/exchange", ("grant_type", "access_token"), ("service", "elsewhere.example"), ("access_token", "x"));
    }

    [Fact]
    public async Task RefreshToken_BuysAccessTokens_ByFormAndByBasic_ButManagesNothing()
    {
        var id = await CreateUserAsync("puller");
        await AssignAsync(id, "Owner", scope: Subscription);
        var refresh = (string)(await ExchangeAsync(HttpStatusCode.OK, (string)(await SignInAsync("puller", ForRegistry))["access_token"]!))["refresh_token"]!;

        var access = await PostAsync(HttpStatusCode.OK, "/oauth2/token", ("grant_type", "refresh_token"), ("service", Host.Authority), ("scope", "repository:app:pull"), ("refresh_token", refresh));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", Bearer(access)));
        using var byBasic = await Host.SendAsync("GET", $"/oauth2/token?service={Host.Authority}&scope=repository:app:pull", AccessHost.Basic(NullGuid, refresh));
        Assert.Equal(HttpStatusCode.OK, byBasic.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", AccessHost.Basic(NullGuid, refresh)));
        // The refresh token is no access token, and opens neither the directory nor the management plane, whatever its holder may do.
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/app/manifests/v1", new("Bearer", refresh)));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", $"{Graph}/users", AccessHost.Basic(NullGuid, refresh)));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", $"{Registry}{Version}", AccessHost.Basic(NullGuid, refresh)));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", $"/subscriptions{Version}", AccessHost.Basic(NullGuid, refresh)));
        await ExchangeAsync(HttpStatusCode.Unauthorized, refresh);

        await CallAsync(HttpStatusCode.NoContent, "PATCH", $"{Graph}/users/{id}", new { accountEnabled = false });
        await PostAsync(HttpStatusCode.Unauthorized, "/oauth2/token", ("grant_type", "refresh_token"), ("service", Host.Authority), ("refresh_token", refresh));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/", AccessHost.Basic(NullGuid, refresh)));
    }

    [Fact]
    public async Task NullGuid_WithoutARefreshToken_Is401()
    {
        var access = await Host.BearerAsync("repository:app:pull");
        foreach (var password in new[] { "x", access.Parameter!, Password })
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/", AccessHost.Basic(NullGuid, password)));
    }
}
