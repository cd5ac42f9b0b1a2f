using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Issuer;

/// <summary>RFC 8628 from both ends.</summary>
public sealed class DeviceFlowTests(AccessHost host) : IssuerTest(host)
{
    private async Task<JsonNode> BeginAsync() => await TokenAsync(
        HttpStatusCode.OK, $"/{Tenant}/oauth2/v2.0/devicecode", ("client_id", Cli), ("scope", ForManagement + " openid offline_access profile"));

    private Task<JsonNode> PollAsync(HttpStatusCode expected, string deviceCode, string client = Cli) => TokenAsync(
        expected, $"/{Tenant}/oauth2/v2.0/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", client), ("device_code", deviceCode), ("client_info", "1"));

    private async Task<string> EnterAsync(string code, string name, string password, bool deny = false)
    {
        var form = new Dictionary<string, string> { ["user_code"] = code, ["bwk_name"] = name, ["bwk_password"] = password };
        if (deny)
            form["bwk_deny"] = "1";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/devicelogin") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", $"http://{Host.Authority}");
        using var response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Device_FinishedByAPerson_GetsTokensOnce()
    {
        await CreateUserAsync("olga");
        var begun = await BeginAsync();
        var (device, user) = ((string)begun["device_code"]!, (string)begun["user_code"]!);

        Assert.Matches("^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$", user);
        Assert.Contains(user, (string)begun["message"]!, StringComparison.Ordinal);
        Assert.Equal($"http://{Host.Authority}/devicelogin", (string?)begun["verification_uri"]);
        Assert.Equal("authorization_pending", (string?)(await PollAsync(HttpStatusCode.BadRequest, device))["error"]);
        Assert.Equal("slow_down", (string?)(await PollAsync(HttpStatusCode.BadRequest, device))["error"]);
        Assert.Contains("role=\"alert\"", await EnterAsync(user, "olga", "wrong horse battery"), StringComparison.Ordinal);
        Assert.Contains("Signed in", await EnterAsync(user.ToLowerInvariant(), "olga", Password), StringComparison.Ordinal);
        Assert.Contains("no sign-in with this code", await EnterAsync(user, "olga", Password), StringComparison.Ordinal);

        Assert.NotNull((await PollAsync(HttpStatusCode.BadRequest, device, "1950a258-227b-4e31-a9cf-717495945fc2"))["error"]);
        var tokens = await PollAsync(HttpStatusCode.OK, device);
        Assert.NotNull(tokens["refresh_token"]);
        Assert.NotNull(tokens["client_info"]);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", $"/subscriptions{Version}", Bearer(tokens)));
        Assert.Equal("expired_token", (string?)(await PollAsync(HttpStatusCode.BadRequest, device))["error"]);
    }

    [Fact]
    public async Task Device_RefusedByAPerson_GetsNothing()
    {
        await CreateUserAsync("pete");
        var begun = await BeginAsync();

        Assert.Contains("Refused", await EnterAsync((string)begun["user_code"]!, "pete", Password, deny: true), StringComparison.Ordinal);
        Assert.Equal("access_denied", (string?)(await PollAsync(HttpStatusCode.BadRequest, (string)begun["device_code"]!))["error"]);
    }

    [Fact]
    public async Task Page_AsksForTheCodeFirst_AndWarns()
    {
        using var first = await Host.SendAsync("GET", "/devicelogin");
        Assert.Contains("Enter the code", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var unknown = await Host.SendAsync("GET", "/devicelogin?user_code=BBBB-BBBB");
        Assert.Contains("no sign-in with this code", await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var known = await Host.SendAsync("GET", $"/devicelogin?user_code={(string)(await BeginAsync())["user_code"]!}");
        var html = await known.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Azure CLI", html, StringComparison.Ordinal);
        Assert.Contains("Go on only if you yourself", html, StringComparison.Ordinal);
    }
}
