using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

/// <summary>Every refusal has an id; who was refused and who manages rights learn why.</summary>
public sealed class DecisionTests(AccessHost host) : ManagementTest(host)
{
    private const string Header = "X-Breakwater-Decision", Manifest = "/v2/team/app/manifests/v1";

    private async Task<string?> RefusedAsync(HttpStatusCode expected, string method, string path, AuthenticationHeaderValue? authorization)
    {
        using var response = await Host.SendAsync(method, path, authorization);
        Assert.Equal(expected, response.StatusCode);
        return response.Headers.TryGetValues(Header, out var values) ? Assert.Single(values) : null;
    }

    private Task<JsonNode?> ReadAsync(string id, AuthenticationHeaderValue by, HttpStatusCode expected = HttpStatusCode.OK) => CallAsync(expected, "GET", $"/decisions/{id}", authorization: by);

    [Fact]
    public async Task Refusal_OfAPassword_IsExplainedToItsOwnerAndAdministrators()
    {
        var ada = await CreateUserAsync("ada");
        await CreateUserAsync("eve");
        await AssignAsync(ada, "AcrPull");
        var id = (await RefusedAsync(HttpStatusCode.Forbidden, "PUT", Manifest, AccessHost.Basic("ada")))!;

        var told = (await ReadAsync(id, AccessHost.Basic("ada")))!;
        Assert.Equal(ada, (string)told["principalId"]!);
        Assert.Equal("team/app", (string)told["repository"]!);
        Assert.Equal("""["push"]""", told["actions"]!.ToJsonString());
        Assert.False((bool)told["explanation"]!["allowed"]!);
        Assert.Equal("AcrPull", (string)told["explanation"]!["considered"]![0]!["name"]!);
        Assert.Equal("AcrPush", (string)told["explanation"]!["wouldAllow"]![0]!);
        Assert.Equal(told.ToJsonString(), (await ReadAsync(id, AccessHost.Basic()))!.ToJsonString());

        await ReadAsync(id, AccessHost.Basic("eve"), HttpStatusCode.NotFound);
        await ReadAsync(Guid.NewGuid().ToString(), AccessHost.Basic("ada"), HttpStatusCode.NotFound);
        await ReadAsync("x", AccessHost.Basic("ada"), HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"/decisions/{id}", null));
    }

    [Fact]
    public async Task Refusal_OfATokenOfTheManagementPlaneAndOfCore_HasAnIdToo()
    {
        await CreateUserAsync("bob");
        var token = await Host.BearerAsync("repository:team/app:pull");
        var ofToken = (await ReadAsync((await RefusedAsync(HttpStatusCode.Unauthorized, "PUT", Manifest, token))!, token))!["explanation"]!;
        Assert.Contains("token", (string)ofToken["obstacles"]![0]!, StringComparison.Ordinal);
        Assert.Empty(ofToken["wouldAllow"]!.AsArray());

        var managing = (await ReadAsync((await RefusedAsync(HttpStatusCode.Forbidden, "GET", Registry + Version, AccessHost.Basic("bob")))!, AccessHost.Basic("bob")))!;
        Assert.Equal("""["Microsoft.ContainerRegistry/registries/read"]""", managing["actions"]!.ToJsonString());
        Assert.Equal("Reader", (string)managing["explanation"]!["wouldAllow"]![0]!);

        var core = await RefusedAsync(HttpStatusCode.Forbidden, "GET", $"/v2/team/app/referrers/sha256:{new string('a', 64)}", AccessHost.Basic());
        Assert.Equal("""["AcrImageSigner"]""", (await ReadAsync(core!, AccessHost.Basic()))!["explanation"]!["wouldAllow"]!.ToJsonString());
    }

    [Fact]
    public async Task Refusal_OfWhoDoesNotSignIn_HasNone()
    {
        Assert.Null(await RefusedAsync(HttpStatusCode.Unauthorized, "GET", Manifest, null));
        Assert.Null(await RefusedAsync(HttpStatusCode.Unauthorized, "GET", Manifest, AccessHost.Basic("owner", "a wrong password")));
    }

    [Fact]
    public async Task WhatIf_ForAnotherPrincipal_AnswersAndDoesNothing()
    {
        var cid = await CreateUserAsync("cid");
        await AssignAsync(cid, "AcrPull");
        async Task<JsonNode> AskAsync(string action, string? repository = "team/app", HttpStatusCode expected = HttpStatusCode.OK, string? principalId = null) =>
            (await CallAsync(expected, "POST", $"{Registry}/whatIf{Version}", new { principalId = principalId ?? cid, action, repository }))!;

        Assert.True((bool)(await AskAsync("pull"))["allowed"]!);
        Assert.True((bool)(await AskAsync("Microsoft.ContainerRegistry/registries/repositories/content/read"))["allowed"]!);
        Assert.True((bool)(await AskAsync("catalog", null))["allowed"]!);
        Assert.False((bool)(await AskAsync("Microsoft.ContainerRegistry/registries/write", null))["allowed"]!);
        var refused = await AskAsync("delete");
        Assert.False((bool)refused["allowed"]!);
        Assert.Equal("AcrDelete", (string)refused["wouldAllow"]![0]!);

        await AskAsync("fly", expected: HttpStatusCode.BadRequest);
        await AskAsync("*", expected: HttpStatusCode.BadRequest);
        await AskAsync("pull", null, HttpStatusCode.BadRequest);
        await AskAsync("pull", principalId: Guid.NewGuid().ToString(), expected: HttpStatusCode.BadRequest);
        await CallAsync(HttpStatusCode.Forbidden, "POST", $"{Registry}/whatIf{Version}", new { principalId = cid, action = "pull", repository = "a" }, AccessHost.Basic("cid"));
    }
}
