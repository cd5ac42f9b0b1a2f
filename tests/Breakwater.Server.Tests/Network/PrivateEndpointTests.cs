using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Network;

/// <summary>Private endpoints on the management plane: who asks, who approves, and what is then to be seen.</summary>
public sealed class PrivateEndpointTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01";

    [Fact]
    public async Task Put_ByWhoMayApprove_IsApprovedAtOnceAndShownEverywhere()
    {
        await MakeAsync("shown");
        var made = await SendAsync(HttpStatusCode.Created, "PUT", Endpoint("shown-one"), Body("shown", "10.8.0.0/24"));
        Assert.Equal(made.ToJsonString(), (await SendAsync(HttpStatusCode.OK, "GET", Endpoint("SHOWN-one"))).ToJsonString());
        Assert.Equal("Approved", StatusOf(made["properties"]!["privateLinkServiceConnections"]![0]!));
        Assert.Equal(("shown.localhost", "127.0.0.1"), ((string?)made["properties"]!["customDnsConfigs"]![0]!["fqdn"], (string?)made["properties"]!["customDnsConfigs"]![0]!["ipAddresses"]![0]));
        // As tools do that read, change one thing and write all of it.
        made["tags"] = new JsonObject { ["team"] = "blue" };
        Assert.Equal("blue", (string?)(await SendAsync(HttpStatusCode.OK, "PUT", Endpoint("shown-one"), made))["tags"]!["team"]);

        var connection = Assert.Single((await SendAsync(HttpStatusCode.OK, "GET", Connection("shown", "")))["value"]!.AsArray())!;
        Assert.Equal(connection.ToJsonString(), (await SendAsync(HttpStatusCode.OK, "GET", Registry("shown")))["properties"]!["privateEndpointConnections"]![0]!.ToJsonString());
        Assert.Equal((string?)made["id"], (string?)connection["properties"]!["privateEndpoint"]!["id"]);
        Assert.Equal("registry", (string?)(await SendAsync(HttpStatusCode.OK, "GET", Registry("shown", "/privateLinkResources")))["value"]![0]!["properties"]!["groupId"]);
        Assert.Equal(1, (int)(await SendAsync(HttpStatusCode.OK, "GET", Registry("shown", "/listUsages")))["value"]!.AsArray().Single(line => (string?)line!["name"] == "PrivateEndpointConnections")!["currentValue"]!);
        await SendAsync(HttpStatusCode.Conflict, "PATCH", Registry("shown"), new { sku = new { name = "Standard" } });
    }

    [Fact]
    public async Task Put_ByWhoMayNotApprove_WaitsForWhoMay()
    {
        await MakeAsync("asked");
        var asker = await AskerAsync();
        Assert.Equal("Pending", StatusOf((await SendAsync(HttpStatusCode.Created, "PUT", Endpoint("asked-one"), Body("asked", "10.8.0.0/24", "please"), asker))["properties"]!["privateLinkServiceConnections"]![0]!));
        var connection = Assert.Single((await SendAsync(HttpStatusCode.OK, "GET", Connection("asked", "")))["value"]!.AsArray())!;
        var name = "/" + (string)connection["name"]!;
        Assert.Equal(("Pending", "please"), (StatusOf(connection), (string?)connection["properties"]!["privateLinkServiceConnectionState"]!["description"]));
        await SendAsync(HttpStatusCode.Forbidden, "PUT", Connection("asked", name), Decide("Approved"), asker);

        // azure-cli sends the whole connection back.
        connection["properties"]!["privateLinkServiceConnectionState"] = new JsonObject { ["status"] = "Approved", ["description"] = "welcome" };
        Assert.Equal("Approved", StatusOf(await SendAsync(HttpStatusCode.OK, "PUT", Connection("asked", name), connection)));
        Assert.Equal("Approved", await EndpointStatusAsync("asked-one"));
        // The same again changes nothing; what was approved was these networks, and no others.
        await SendAsync(HttpStatusCode.OK, "PUT", Endpoint("asked-one"), Body("asked", "10.8.0.0/24"), asker);
        Assert.Equal("Approved", await EndpointStatusAsync("asked-one"));
        await SendAsync(HttpStatusCode.OK, "PUT", Endpoint("asked-one"), Body("asked", "0.0.0.0/0"), asker);
        Assert.Equal("Pending", await EndpointStatusAsync("asked-one"));
        name = "/" + (string)Assert.Single((await SendAsync(HttpStatusCode.OK, "GET", Connection("asked", "")))["value"]!.AsArray())!["name"]!;
        Assert.Equal("Rejected", StatusOf(await SendAsync(HttpStatusCode.OK, "PUT", Connection("asked", name), Decide("Rejected"))));
        await SendAsync(HttpStatusCode.OK, "PUT", Endpoint("asked-one"), Body("asked", "0.0.0.0/0"), asker);
        Assert.Equal("Rejected", await EndpointStatusAsync("asked-one"));
    }

    /// <summary>The approver has read one network; before the approval comes, the asker asks for another.</summary>
    [Theory]
    [InlineData("Pending")]
    [InlineData("Approved")]
    [InlineData("Rejected")]
    public async Task Decide_TermsChangedSinceTheyWereRead_FindsNothingToDecide(string before)
    {
        var registry = $"swapped{before.ToLowerInvariant()}";
        await MakeAsync(registry);
        var asker = await AskerAsync();
        await SendAsync(HttpStatusCode.Created, "PUT", Endpoint(registry), Body(registry, "10.8.0.0/24"), asker);
        var read = (await SendAsync(HttpStatusCode.OK, "GET", Connection(registry, "")))["value"]![0]!;
        var name = "/" + (string)read["name"]!;
        if (before != "Pending")
            await SendAsync(HttpStatusCode.OK, "PUT", Connection(registry, name), Decide(before));
        await SendAsync(HttpStatusCode.OK, "PUT", Endpoint(registry), Body(registry, "0.0.0.0/0"), asker);

        // As az approves: what was read goes back with another state.
        read["properties"]!["privateLinkServiceConnectionState"] = new JsonObject { ["status"] = "Approved" };
        await SendAsync(HttpStatusCode.NotFound, "PUT", Connection(registry, name), read);
        await SendAsync(HttpStatusCode.NotFound, "GET", Connection(registry, name));
        var asked = Assert.Single((await SendAsync(HttpStatusCode.OK, "GET", Connection(registry, "")))["value"]!.AsArray())!;
        Assert.NotEqual((string?)read["name"], (string?)asked["name"]);
        Assert.Equal(("Pending", "0.0.0.0/0"), (StatusOf(asked), (string?)asked["properties"]!["sourcePrefixes"]![0]));
        Assert.Equal("Pending", await EndpointStatusAsync(registry));
        Assert.Equal(1, (int)(await SendAsync(HttpStatusCode.OK, "GET", Registry(registry, "/listUsages")))["value"]!.AsArray().Single(line => (string?)line!["name"] == "PrivateEndpointConnections")!["currentValue"]!);
        Assert.Equal("Approved", StatusOf(await SendAsync(HttpStatusCode.OK, "PUT", Connection(registry, "/" + (string)asked["name"]!), Decide("Approved"))));
    }

    [Fact]
    public async Task Delete_OfEitherSide_DisconnectsTheOther()
    {
        await MakeAsync("parted");
        await SendAsync(HttpStatusCode.Created, "PUT", Endpoint("parted-one"), Body("parted", "10.8.0.0/24"));
        var name = "/" + (string)(await SendAsync(HttpStatusCode.OK, "GET", Connection("parted", "")))["value"]![0]!["name"]!;
        await SendAsync(HttpStatusCode.OK, "DELETE", Endpoint("parted-one"));
        await SendAsync(HttpStatusCode.NoContent, "DELETE", Endpoint("parted-one"));
        Assert.Equal("Disconnected", StatusOf(await SendAsync(HttpStatusCode.OK, "GET", Connection("parted", name))));
        Assert.Contains("Delete the connection", (await SendAsync(HttpStatusCode.BadRequest, "PUT", Connection("parted", name), Decide("Approved"))).ToJsonString(), StringComparison.Ordinal);
        await SendAsync(HttpStatusCode.OK, "DELETE", Connection("parted", name));
        await SendAsync(HttpStatusCode.NotFound, "GET", Connection("parted", name));

        await SendAsync(HttpStatusCode.Created, "PUT", Endpoint("parted-two"), Body("parted", "10.8.0.0/24"));
        name = "/" + (string)(await SendAsync(HttpStatusCode.OK, "GET", Connection("parted", "")))["value"]![0]!["name"]!;
        await SendAsync(HttpStatusCode.OK, "DELETE", Connection("parted", name));
        Assert.Equal("Disconnected", await EndpointStatusAsync("parted-two"));
        await SendAsync(HttpStatusCode.OK, "PUT", Endpoint("parted-two"), Body("parted", "10.8.0.0/24"));
        Assert.Equal("Approved", await EndpointStatusAsync("parted-two"));
    }

    /// <summary>As az makes and changes one: by a subnet, which is a listener with the networks of its clients.</summary>
    [Fact]
    public async Task Put_WithASubnet_IsForTheNetworksOfItsListener()
    {
        await MakeAsync("subnetted");
        var network = $"{host.Standing.Group}/providers/Microsoft.Network/virtualNetworks";
        var subnet = Assert.Single((await SendAsync(HttpStatusCode.OK, "GET", network + Version))["value"]!.AsArray())!["properties"]!["subnets"]![0]!;
        Assert.Equal(subnet.ToJsonString(), (await SendAsync(HttpStatusCode.OK, "GET", $"{network}/PRIVATE/subnets/VPN{Version}")).ToJsonString());
        Assert.Equal(subnet.ToJsonString(), (await SendAsync(HttpStatusCode.OK, "GET", $"{network}/private/subnets{Version}"))["value"]![0]!.ToJsonString());
        Assert.Equal(["10.8.0.0/24", "fd00:8::/64"], subnet["properties"]!["addressPrefixes"]!.AsArray().Select(one => (string?)one));
        await SendAsync(HttpStatusCode.NotFound, "GET", $"{network}/other/subnets/vpn{Version}");
        await SendAsync(HttpStatusCode.NotFound, "GET", $"{network}/private/subnets/dmz{Version}");

        var id = (string)subnet["id"]!;
        var links = new[] { new { name = "one", properties = new { privateLinkServiceId = Registry("subnetted").Split('?')[0], groupIds = new[] { "registry" } } } };
        var made = await SendAsync(HttpStatusCode.Created, "PUT", Endpoint("subnet-one"), new { location = "local", properties = new { subnet = new { id = id.ToUpperInvariant() }, privateLinkServiceConnections = links } });
        Assert.Equal((id, "vpn", "Approved"), ((string?)made["properties"]!["subnet"]!["id"], (string?)made["properties"]!["listener"], StatusOf(made["properties"]!["privateLinkServiceConnections"]![0]!)));
        Assert.Equal(["10.8.0.0/24", "fd00:8::/64"], made["properties"]!["sourcePrefixes"]!.AsArray().Select(one => (string?)one));
        Assert.Equal(made.ToJsonString(), (await SendAsync(HttpStatusCode.OK, "PUT", Endpoint("subnet-one"), made)).ToJsonString());
        // Other networks are not the subnet's.
        made["properties"]!["sourcePrefixes"] = new JsonArray("10.8.0.7");
        Assert.Null((await SendAsync(HttpStatusCode.OK, "PUT", Endpoint("subnet-one"), made))["properties"]!["subnet"]);
        Assert.Contains(made["name"]!.GetValue<string>(), (await SendAsync(HttpStatusCode.OK, "GET", $"{host.Standing.Subscription}/providers/Microsoft.Network/privateEndpoints{Version}")).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"properties":{}}""", "privateLinkServiceConnections")]
    [InlineData("""{"properties":{"sourcePrefixes":["10.8.0.0/24"],"privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"/subscriptions/x"}}]}}""", "that you may look at")]
    [InlineData("""{"properties":{"listener":"dmz","sourcePrefixes":["10.8.0.0/24"],"privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"REGISTRY"}}]}}""", "There are: vpn")]
    [InlineData("""{"properties":{"privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"REGISTRY"}}]}}""", "sourcePrefixes")]
    [InlineData("""{"properties":{"sourcePrefixes":["10.8.0.1/24"],"privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"REGISTRY"}}]}}""", "Write 10.8.0.0/24")]
    [InlineData("""{"properties":{"subnet":{"id":"x"},"sourcePrefixes":["10.8.0.0/24"],"privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"REGISTRY"}}]}}""", "private listener")]
    [InlineData("""{"properties":{"subnet":{"id":"GROUP/providers/Microsoft.Network/virtualNetworks/private/subnets/dmz"},"privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"REGISTRY"}}]}}""", "--private-networks")]
    [InlineData("""{"properties":{"subnet":{"id":"GROUP/providers/Microsoft.Network/virtualNetworks/private/subnets/vpn"},"listener":"dmz","privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"REGISTRY"}}]}}""", "another one")]
    [InlineData("""{"properties":{"sourcePrefixes":["10.8.0.0/24"],"privateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"REGISTRY","groupIds":["blob"]}}]}}""", "groupIds")]
    public async Task Put_ThatIsNotValid_SaysWhatToWrite(string body, string told)
    {
        var error = await SendAsync(HttpStatusCode.BadRequest, "PUT", Endpoint("invalid"), JsonNode.Parse(body.Replace("REGISTRY", host.Standing.Registry, StringComparison.Ordinal).Replace("GROUP", host.Standing.Group, StringComparison.Ordinal)));
        Assert.Contains(told, (string)error["error"]!["message"]!, StringComparison.Ordinal);
        await SendAsync(HttpStatusCode.NotFound, "GET", Endpoint("invalid"));
    }

    [Fact]
    public async Task Put_ToARegistryOfASmallTier_IsRefused()
    {
        await SendAsync(HttpStatusCode.Created, "PUT", Registry("smalltier"), new { sku = new { name = "Standard" } });
        await SendAsync(HttpStatusCode.Conflict, "PUT", Endpoint("small-one"), Body("smalltier", "10.8.0.0/24"));
        await SendAsync(HttpStatusCode.NotFound, "GET", Endpoint("small-one"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string? StatusOf(JsonNode link) => (string?)link["properties"]!["privateLinkServiceConnectionState"]!["status"];

    private static object Decide(string status) => new { properties = new { privateLinkServiceConnectionState = new { status } } };

    private object Body(string registry, string prefix, string? message = null) => new
    {
        location = "local",
        properties = new
        {
            listener = "vpn",
            sourcePrefixes = new[] { prefix },
            privateLinkServiceConnections = new[] { new { name = "one", properties = new { privateLinkServiceId = Registry(registry).Split('?')[0], groupIds = new[] { "registry" }, requestMessage = message } } },
        },
    };

    private async Task<string?> EndpointStatusAsync(string name) => StatusOf((await SendAsync(HttpStatusCode.OK, "GET", Endpoint(name)))["properties"]!["privateLinkServiceConnections"]![0]!);

    private string Endpoint(string name) => $"{host.Standing.Group}/providers/Microsoft.Network/privateEndpoints/{name}{Version}";

    private string Registry(string name, string tail = "") => $"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/registries/{name}{tail}{Version}";

    private string Connection(string registry, string tail) => Registry(registry, "/privateEndpointConnections" + tail);

    private async Task MakeAsync(string name) => await SendAsync(HttpStatusCode.Created, "PUT", Registry(name), new { sku = new { name = "Premium" } });

    private async Task<AuthenticationHeaderValue> AskerAsync()
    {
        var role = await host.Make.RoleAsync(host.Standing, 'g', ["Microsoft.Network/privateEndpoints/*", "Microsoft.ContainerRegistry/registries/read"]);
        var (id, credentials) = await host.Make.UserWithPasswordAsync();
        await host.Make.AssignIdAsync(host.Standing, 'g', id, role);
        return credentials;
    }

    private async Task<JsonNode> SendAsync(HttpStatusCode expected, string method, string path, object? body = null, AuthenticationHeaderValue? by = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = by ?? MatrixHost.Basic("owner");
        using var response = await host.Client.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(expected == response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
