using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Network;

/// <summary>The firewall of a registry, on its doors. Clients come from several addresses of the loopback network.</summary>
public sealed class NetworkRuleTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01";

    public static TheoryData<string, string> Doors => new()
    {
        { "GET", "/v2/" }, { "GET", "/v2/_catalog" }, { "GET", "/v2/team/app/manifests/v1" }, { "HEAD", "/v2/team/app/manifests/v1" }, { "POST", "/v2/team/app/blobs/uploads/" },
        { "GET", "/acr/v1/_catalog" }, { "GET", "/acr/v1/team/app" }, { "GET", "/oauth2/token" }, { "POST", "/oauth2/token" }, { "POST", "/oauth2/exchange" },
        { "GET", "/decisions/3f2504e0-4f89-11d3-9a0c-0305e82c3301" }, { "GET", "/.well-known/jwks.json" }, { "GET", "/metadata/endpoints?api-version=2022-09-01" },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Door_OfARegistryThatRefusesTheAddress_IsClosedBeforeSigningIn(string method, string path)
    {
        await MakeAsync("closed", new { networkRuleSet = new { defaultAction = "Deny", ipRules = new[] { new { value = "127.0.0.2" } } } });

        using var refused = await AtAsync("closed", "127.0.0.3", method, path, signsIn: false);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(refused.Headers.WwwAuthenticate);
        if (method != "HEAD")
        {
            var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Stop))!["errors"]![0]!;
            Assert.Equal("DENIED", (string?)error["code"]);
            Assert.StartsWith("client with IP '127.0.0.3' is not allowed access. Refer https://aka.ms/acr/firewall to grant access. CorrelationId: ", (string)error["message"]!, StringComparison.Ordinal);
        }
        using var admitted = await AtAsync("closed", "127.0.0.2", method, path, signsIn: true);
        Assert.NotEqual(HttpStatusCode.Forbidden, admitted.StatusCode);
    }

    [Fact]
    public async Task Change_OfTheRules_CountsOnTheNextRequestOfTheSameConnection()
    {
        await MakeAsync("switched", null);
        using var client = ClientFrom("127.0.0.3");
        async Task<HttpStatusCode> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/");
            request.Headers.Host = HostOf("switched");
            request.Headers.Authorization = MatrixHost.Basic("owner");
            using var response = await client.SendAsync(request, Stop);
            return response.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        await ChangeAsync("switched", new { networkRuleSet = new { ipRules = new[] { new { action = "Deny", value = "127.0.0.0/30" } } } });
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync());
        await ChangeAsync("switched", new { networkRuleSet = new { ipRules = Array.Empty<object>() } });
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        await ChangeAsync("switched", new { publicNetworkAccess = "Disabled" });
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync());
    }

    [Fact]
    public async Task FirstRegistry_Closed_LeavesManagementAndSignInOnThePlainAddress()
    {
        await host.ChangeRegistryAsync(new { publicNetworkAccess = "Disabled" });
        try
        {
            Assert.Equal(HttpStatusCode.Forbidden, await PlainAsync("/v2/"));
            Assert.Equal(HttpStatusCode.Forbidden, await PlainAsync("/oauth2/token"));
            Assert.Equal(HttpStatusCode.Forbidden, await PlainAsync("/acr/v1/_catalog"));
            Assert.Equal(HttpStatusCode.OK, await PlainAsync(host.Standing.Registry + Version));
            Assert.Equal(HttpStatusCode.OK, await PlainAsync("/metadata/endpoints?api-version=2022-09-01"));
            Assert.Equal(HttpStatusCode.OK, await PlainAsync("/.well-known/jwks.json"));
            Assert.Equal(HttpStatusCode.OK, await PlainAsync("/adfs/.well-known/openid-configuration"));
            Assert.Equal(HttpStatusCode.OK, await PlainAsync("/graph/v1.0/users"));
        }
        finally
        {
            await host.ChangeRegistryAsync(new { publicNetworkAccess = "Enabled" });
        }
    }

    [Theory]
    [InlineData("/subscriptions?api-version=2022-12-01")]
    [InlineData("/graph/v1.0/users")]
    public async Task Management_AtTheHostOfARegistryThatRefusesTheAddress_TellsNothingElse(string path)
    {
        await MakeAsync("closed", new { networkRuleSet = new { defaultAction = "Deny", ipRules = new[] { new { value = "127.0.0.2" } } } });
        using var refused = await AtAsync("closed", "127.0.0.3", "GET", path, signsIn: true);
        using var admitted = await AtAsync("closed", "127.0.0.2", "GET", path, signsIn: true);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (refused.StatusCode, admitted.StatusCode));
        Assert.Contains("client with IP '127.0.0.3' is not allowed access", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync(Stop))!["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstRegistry_Closed_IsClosedAtItsOwnHostForManagementToo()
    {
        var paths = new[] { host.Standing.Registry + Version, "/graph/v1.0/users", "/.well-known/jwks.json", "/v2/" };
        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.OK, await OwnAsync(path));
        await host.ChangeRegistryAsync(new { publicNetworkAccess = "Disabled" });
        try
        {
            foreach (var path in paths)
                Assert.Equal(HttpStatusCode.Forbidden, await OwnAsync(path));
        }
        finally
        {
            // At the plain address it is mended.
            await host.ChangeRegistryAsync(new { publicNetworkAccess = "Enabled" });
        }
        Assert.Equal(HttpStatusCode.OK, await OwnAsync(paths[0]));

        async Task<HttpStatusCode> OwnAsync(string path)
        {
            using var answer = await AtAsync("local", "127.0.0.3", "GET", path, signsIn: true);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Rules_WrittenAndRead_AreWholeAndKeptWhenLeftOut()
    {
        var rules = new[] { new { action = "Allow", value = "203.0.113.0/24" }, new { action = "Deny", value = "203.0.113.7" }, new { action = "Allow", value = "2001:db8::/32" } };
        await MakeAsync("written", new { networkRuleSet = new { defaultAction = "Deny", ipRules = rules }, networkRuleBypassOptions = "None" });
        var read = await ChangeAsync("written", new { publicNetworkAccess = "Disabled", networkRuleSet = new { defaultAction = "Allow" } });
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(rules), read["properties"]!["networkRuleSet"]!["ipRules"]!.ToJsonString());
        Assert.Equal(("Allow", "Disabled", "None"), ((string?)read["properties"]!["networkRuleSet"]!["defaultAction"], (string?)read["properties"]!["publicNetworkAccess"], (string?)read["properties"]!["networkRuleBypassOptions"]));
        var usage = JsonNode.Parse(await TextAsync(PathOf("written", "/listUsages")))!["value"]!.AsArray().Single(line => (string?)line!["name"] == "IPRules")!;
        Assert.Equal((200, 3), ((int)usage["limit"]!, (int)usage["currentValue"]!));
    }

    [Theory]
    [InlineData("""{"networkRuleSet":{"ipRules":[{"value":"10.0.0.1/8"}]}}""", "Write 10.0.0.0/8")]
    [InlineData("""{"networkRuleSet":{"ipRules":[{"action":"Log","value":"10.0.0.1"}]}}""", "Allow or Deny")]
    [InlineData("""{"networkRuleSet":{"ipRules":[{}]}}""", "value")]
    [InlineData("""{"networkRuleSet":{"defaultAction":"Maybe"}}""", "Allow or Deny")]
    [InlineData("""{"networkRuleSet":{"virtualNetworkRules":[{"id":"/subscriptions/x"}]}}""", "private endpoint")]
    [InlineData("""{"publicNetworkAccess":"SecuredByPerimeter"}""", "Enabled or Disabled")]
    [InlineData("""{"networkRuleBypassOptions":"All"}""", "AzureServices or None")]
    public async Task Change_ThatIsNotValid_SaysWhatToWriteAndChangesNothing(string properties, string told)
    {
        await MakeAsync("strict", null);
        var before = await TextAsync(PathOf("strict"));
        using var refused = await SendAsync("PATCH", PathOf("strict"), new { properties = JsonNode.Parse(properties) });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(told, await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(before, await TextAsync(PathOf("strict")));
    }

    [Fact]
    public async Task Rules_BeyondTheTier_AreRefused()
    {
        var many = Enumerable.Range(0, 201).Select(i => new { value = $"10.0.{i / 250}.{i % 250}" }).ToArray();
        await MakeAsync("numerous", new { networkRuleSet = new { ipRules = many[..200] } });
        using (var beyond = await SendAsync("PATCH", PathOf("numerous"), new { properties = new { networkRuleSet = new { ipRules = many } } }))
            Assert.Equal(HttpStatusCode.Conflict, beyond.StatusCode);
        using (var smaller = await SendAsync("PATCH", PathOf("numerous"), new { sku = new { name = "Standard" } }))
            Assert.Equal(HttpStatusCode.BadRequest, smaller.StatusCode);
        using (var standard = await SendAsync("PUT", PathOf("meagre"), new { sku = new { name = "Standard" }, properties = new { publicNetworkAccess = "Disabled" } }))
            Assert.Equal(HttpStatusCode.BadRequest, standard.StatusCode);
        using (var whole = await SendAsync("PUT", PathOf("meagre"), new { sku = new { name = "Premium" }, properties = new { networkRuleSet = new { ipRules = many } } }))
            Assert.Equal(HttpStatusCode.Conflict, whole.StatusCode);
        using var absent = await SendAsync("GET", PathOf("meagre"), null);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    /// <summary>An import is made by the server; the rules are passed by only where the registry trusts that.</summary>
    [Fact]
    public async Task Import_FromARegistryThatTrustsNoServices_NeedsItsNetwork()
    {
        await MakeAsync("importsource", null);
        using (var client = ClientFrom("127.0.0.1"))
        using (var push = new HttpRequestMessage(HttpMethod.Put, "/v2/team/app/manifests/v1") { Content = new ByteArrayContent(MatrixTargets.Manifest()) })
        {
            push.Headers.Host = HostOf("importsource");
            push.Headers.Authorization = MatrixHost.Basic("owner");
            push.Content.Headers.ContentType = new("application/vnd.oci.image.index.v1+json");
            using var pushed = await client.SendAsync(push, Stop);
            Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        }
        await ChangeAsync("importsource", new { publicNetworkAccess = "Disabled" });
        async Task<HttpStatusCode> ImportAsync(string target)
        {
            var body = new { source = new { resourceId = PathOf("importsource").Split('?')[0], sourceImage = "team/app:v1" }, targetTags = new[] { $"imported/i{Guid.NewGuid():N}:v1" } };
            using var answer = await SendAsync("POST", PathOf(target, "/importImage"), body);
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, await ImportAsync("local"));
        await ChangeAsync("importsource", new { networkRuleBypassOptions = "None" });
        Assert.Equal(HttpStatusCode.Forbidden, await ImportAsync("local"));
        await ChangeAsync("importsource", new { publicNetworkAccess = "Enabled", networkRuleSet = new { defaultAction = "Deny", ipRules = new[] { new { value = "127.0.0.1" } } } });
        Assert.Equal(HttpStatusCode.OK, await ImportAsync("local"));
        await MakeAsync("importtarget", new { publicNetworkAccess = "Disabled", networkRuleBypassOptions = "None" });
        Assert.Equal(HttpStatusCode.Forbidden, await ImportAsync("importtarget"));
        await ChangeAsync("importtarget", new { networkRuleBypassOptions = "AzureServices" });
        Assert.Equal(HttpStatusCode.OK, await ImportAsync("importtarget"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string HostOf(string registry) => $"{registry}.localhost:{host.Client.BaseAddress!.Port}";

    private string PathOf(string name, string tail = "") => $"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/registries/{name}{tail}{Version}";

    private async Task MakeAsync(string name, object? properties)
    {
        using var made = await SendAsync("PUT", PathOf(name), new { sku = new { name = "Premium" }, properties });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Stop));
    }

    private async Task<JsonNode> ChangeAsync(string name, object properties)
    {
        using var changed = await SendAsync("PATCH", PathOf(name), new { properties });
        var text = await changed.Content.ReadAsStringAsync(Stop);
        Assert.True(changed.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<string> TextAsync(string path)
    {
        using var response = await SendAsync("GET", path, null);
        return await response.Content.ReadAsStringAsync(Stop);
    }

    private async Task<HttpStatusCode> PlainAsync(string path)
    {
        using var response = await SendAsync("GET", path, null);
        return response.StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, object? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = MatrixHost.Basic("owner");
        return host.Client.SendAsync(request, Stop);
    }

    private async Task<HttpResponseMessage> AtAsync(string registry, string from, string method, string path, bool signsIn)
    {
        using var client = ClientFrom(from);
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = HostOf(registry);
        AuthenticationHeaderValue? owner = signsIn ? MatrixHost.Basic("owner") : null;
        request.Headers.Authorization = owner;
        return await client.SendAsync(request, Stop);
    }

    private HttpClient ClientFrom(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = host.Client.BaseAddress,
    };
}
