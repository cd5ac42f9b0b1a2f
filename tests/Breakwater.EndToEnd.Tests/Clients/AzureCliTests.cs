using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>Debian's azure-cli against the server, over TLS with the local CA. What is broken in that package itself is gone round by <c>az rest</c>.</summary>
[Trait("tool", "az")]
public sealed class AzureCliTests : IAsyncLifetime
{
    private const string AcrPush = "8311e382-0749-4cb8-b61a-304f252e45ec", Repository = "team/app";

    private readonly RandomContent content = new(TestSettings.Seed + 6);
    private ManagedRegistry registry = null!;
    private Tool az = null!;
    private HsmServer? hsm;

    public async ValueTask InitializeAsync()
    {
        az = Tool.Require("az");
        registry = await ManagedRegistry.StartAsync((folder, options) =>
        {
            hsm = SoftHsm.IsThere ? new HsmServer(folder) : null;
            return options with { Arguments = ["--private-listeners", $"vpn=127.0.0.1:{Ports.Next()}", "--private-networks", "vpn=10.8.0.0/24", .. WebhookReceiver.Flags, .. hsm?.Arguments ?? []], Environment = hsm?.Environment ?? options.Environment };
        });
        registry.Folder.Create("azure");
        await RunAsync("cloud", "set", "--name", "Breakwater");
    }

    [Fact]
    public async Task Owner_SignedInByPassword_ManagesContent()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        var image = TestManifest.RandomImage(content);
        foreach (var tag in new[] { "v1", "v2", "v3" })
            Assert.Equal(201, (await registry.Owner.PushAsync(Repository, tag, image)).Code);

        Assert.Equal("local", (string?)(await JsonAsync("acr", "list"))[0]!["name"]);
        Assert.Equal(registry.Server.HttpsAuthority.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), (string?)(await JsonAsync("acr", "show", "--name", "local"))["loginServer"]);
        Assert.Equal(3, ((string)(await JsonAsync("acr", "login", "--name", "local", "--expose-token"))["accessToken"]!).Split('.').Length);
        Assert.Equal([Repository], Texts(await JsonAsync("acr", "repository", "list", "--name", "local")));
        Assert.Equal(3, (int)(await JsonAsync("acr", "repository", "show", "--name", "local", "--repository", Repository))["tagCount"]!);
        Assert.Equal(["v3", "v2"], Texts(await JsonAsync("acr", "repository", "show-tags", "--name", "local", "--repository", Repository, "--orderby", "time_desc", "--top", "2")));
        Assert.Single((await JsonAsync("acr", "manifest", "list-metadata", "--registry", "local", "--name", Repository)).AsArray());

        await RunAsync("acr", "repository", "update", "--name", "local", "--image", $"{Repository}:v1", "--write-enabled", "false");
        Assert.NotEqual(0, (await TryAsync("acr", "repository", "untag", "--name", "local", "--image", $"{Repository}:v1")).ExitCode);
        await RunAsync("acr", "repository", "update", "--name", "local", "--image", $"{Repository}:v1", "--write-enabled", "true");
        await RunAsync("acr", "repository", "untag", "--name", "local", "--image", $"{Repository}:v1");
        Assert.Equal(["v2", "v3"], Texts(await JsonAsync("acr", "repository", "show-tags", "--name", "local", "--repository", Repository)));
        await RunAsync("acr", "repository", "delete", "--name", "local", "--image", $"{Repository}:v2", "--yes");
        Assert.Empty((await JsonAsync("acr", "repository", "list", "--name", "local")).AsArray());
    }

    /// <summary>As most people come to a registry: az signs docker in with a refresh token.</summary>
    [Fact]
    public async Task AcrLogin_WithDocker_PushesAndPulls()
    {
        await using var docker = new DockerDaemon();
        await docker.StartAsync();
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        Assert.Equal(201, (await registry.Owner.PushAsync(Repository, "v1", TestManifest.RandomImage(content))).Code);

        var result = await az.TryRunAsync(["acr", "login", "--name", "local"], Environment.Concat(docker.Environment).ToDictionary());
        Assert.True(result.ExitCode == 0 && result.AllOutput.Contains("Login Succeeded", StringComparison.Ordinal), result.AllOutput);
        var image = $"localhost:{registry.Server.HttpsPort}/{Repository}";
        await docker.DockerAsync("pull", $"{image}:v1");
        await docker.DockerAsync("tag", $"{image}:v1", $"{image}:v2");
        await docker.DockerAsync("push", $"{image}:v2");
        Assert.Equal(200, (await registry.Owner.GetManifestAsync(Repository, "v2")).Code);
    }

    [Fact]
    public async Task ServicePrincipal_MadeByAz_SignsInWithSecretAndWithCertificate()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        var withSecret = await JsonAsync("ad", "sp", "create-for-rbac", "--name", "ci");
        var withCertificate = await JsonAsync("ad", "sp", "create-for-rbac", "--name", "robot", "--create-cert");
        var id = (string)(await JsonAsync("ad", "sp", "show", "--id", (string)withSecret["appId"]!))["id"]!;
        await registry.AssignAsync(id, AcrPush);
        await registry.AssignAsync((string)(await JsonAsync("ad", "sp", "show", "--id", (string)withCertificate["appId"]!))["id"]!, AcrPush);
        // The list of assignments that this package's own command cannot ask for.
        var assignments = await JsonAsync("rest", "--method", "get", "--url", $"{registry.Id}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=principalId eq '{id}'");
        Assert.Single(assignments["value"]!.AsArray());

        await LoginAsync(withSecret, (string)withSecret["password"]!);
        var certificate = (string)withCertificate["fileWithCertAndPrivateKey"]!;
        await LoginAsync(withCertificate, certificate);
        File.Delete(certificate);
    }

    [Fact]
    public async Task Directory_UsersAndGroups_AreAdministeredByAzAd()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        var user = await JsonAsync("ad", "user", "create", "--display-name", "Ann", "--user-principal-name", "ann@example.com", "--password", "a password of ann's");
        var group = await JsonAsync("ad", "group", "create", "--display-name", "pullers", "--mail-nickname", "pullers");
        await RunAsync("ad", "group", "member", "add", "--group", (string)group["id"]!, "--member-id", (string)user["id"]!);

        Assert.Equal("Ann", (string?)(await JsonAsync("ad", "group", "member", "list", "--group", (string)group["id"]!))[0]!["displayName"]);
        Assert.Single((await JsonAsync("ad", "user", "list", "--display-name", "an")).AsArray());
        await RunAsync("ad", "user", "delete", "--id", (string)user["id"]!);
        Assert.Empty((await JsonAsync("ad", "group", "member", "list", "--group", (string)group["id"]!)).AsArray());
    }

    [Fact]
    public async Task ManagedIdentity_FromCreateToDelete_IsAdministeredByAz()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        string[] builder = ["--resource-group", "breakwater", "--name", "builder"];
        var made = await JsonAsync(["identity", "create", .. builder, "--tags", "team=blue"]);
        await registry.AssignAsync((string)made["principalId"]!, AcrPush);

        Assert.Equal("builder", (string?)Assert.Single((await JsonAsync("identity", "list")).AsArray())!["name"]);
        Assert.Equal(((string?)made["clientId"], "blue"), ((string?)(await JsonAsync(["identity", "show", .. builder]))["clientId"], (string?)made["tags"]!["team"]));
        Assert.Equal("ManagedIdentity", (string?)(await JsonAsync("ad", "sp", "show", "--id", (string)made["clientId"]!))["servicePrincipalType"]);
        Assert.NotEqual(0, (await TryAsync("ad", "sp", "credential", "reset", "--id", (string)made["principalId"]!)).ExitCode);
        await RunAsync(["identity", "delete", .. builder]);
        Assert.Empty((await JsonAsync("identity", "list")).AsArray());
        Assert.NotEqual(0, (await TryAsync("ad", "sp", "show", "--id", (string)made["clientId"]!)).ExitCode);
    }

    [Fact]
    public async Task Registries_MadeChangedAndDeleted_ByAz()
    {
        await Tool.RequireHostAsync("fleet.localhost");
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        Assert.True((bool)(await JsonAsync("acr", "check-name", "--name", "fleet"))["nameAvailable"]!);
        var made = await JsonAsync("acr", "create", "--resource-group", "breakwater", "--name", "fleet", "--sku", "Standard", "--admin-enabled", "true", "--tags", "team=blue");
        Assert.Equal(($"fleet.localhost:{registry.Server.HttpsPort}", "Standard", "blue"), ((string?)made["loginServer"], (string?)made["sku"]!["name"], (string?)made["tags"]!["team"]));
        Assert.False((bool)(await JsonAsync("acr", "check-name", "--name", "fleet"))["nameAvailable"]!);
        Assert.Equal(["fleet", "local"], (await JsonAsync("acr", "list")).AsArray().Select(item => (string?)item!["name"]).Order());

        Assert.NotEqual(0, (await TryAsync("acr", "update", "--name", "fleet", "--public-network-enabled", "false")).ExitCode);
        Assert.Equal("Premium", (string?)(await JsonAsync("acr", "update", "--name", "fleet", "--sku", "Premium", "--anonymous-pull-enabled", "true"))["sku"]!["name"]);
        Assert.NotEqual(0, (await TryAsync("acr", "update", "--name", "fleet", "--sku", "Basic")).ExitCode);
        Assert.True((bool)(await JsonAsync("acr", "show", "--name", "fleet"))["anonymousPullEnabled"]!);
        Assert.Equal("disabled", (string?)(await JsonAsync("acr", "config", "authentication-as-arm", "update", "--registry", "fleet", "--status", "disabled"))["status"]);

        var retention = await JsonAsync("acr", "config", "retention", "update", "--registry", "fleet", "--status", "enabled", "--days", "30", "--type", "UntaggedManifests");
        Assert.Equal(("enabled", 30), ((string?)retention["status"], (int)retention["days"]!));
        Assert.Equal(retention.ToJsonString(), (await JsonAsync("acr", "config", "retention", "show", "--registry", "fleet")).ToJsonString());

        var before = await JsonAsync("acr", "credential", "show", "--name", "fleet");
        var after = await JsonAsync("acr", "credential", "renew", "--name", "fleet", "--password-name", "password");
        Assert.NotEqual((string?)before["passwords"]![0]!["value"], (string?)after["passwords"]![0]!["value"]);
        await PushAndLookAsync((string)after["passwords"]![0]!["value"]!);
        await MakeTokenAsync();
        Assert.True((long)(await JsonAsync("acr", "show-usage", "--name", "fleet"))["value"]!.AsArray().Single(line => (string?)line!["name"] == "Size")!["currentValue"]! > 0);

        await RunAsync("acr", "delete", "--name", "fleet", "--yes");
        Assert.Equal(["local"], (await JsonAsync("acr", "list")).AsArray().Select(item => (string?)item!["name"]));
    }

    private async Task PushAndLookAsync(string password)
    {
        using var fleet = registry.Server.CreateTlsClient($"fleet.localhost:{registry.Server.HttpsPort}", "fleet", password);
        Assert.Equal(201, (await fleet.PushAsync(Repository, "v1", TestManifest.RandomImage(content))).Code);
        Assert.Equal(3, ((string)(await JsonAsync("acr", "login", "--name", "fleet", "--expose-token"))["accessToken"]!).Split('.').Length);
        Assert.Equal([Repository], Texts(await JsonAsync("acr", "repository", "list", "--name", "fleet")));
        Assert.Empty(Texts(await JsonAsync("acr", "repository", "list", "--name", "local")));
    }

    private async Task MakeTokenAsync()
    {
        await RunAsync("acr", "scope-map", "create", "--name", "readers", "--registry", "fleet", "--repository", Repository, "content/read", "metadata/read");
        var token = await JsonAsync("acr", "token", "create", "--name", "puller", "--registry", "fleet", "--scope-map", "readers");
        Assert.Equal(2, token["credentials"]!["passwords"]!.AsArray().Count);
        Assert.Equal("readers", (string?)(await JsonAsync("acr", "scope-map", "list", "--registry", "fleet")).AsArray().Single(map => !((string)map!["name"]!).StartsWith('_'))!["name"]);
        using var puller = registry.Server.CreateTlsClient($"fleet.localhost:{registry.Server.HttpsPort}", "puller", (string)token["credentials"]!["passwords"]![0]!["value"]!);
        Assert.Equal(200, (await puller.GetAsync($"/v2/{Repository}/manifests/v1")).Code);
        await RunAsync("acr", "token", "update", "--name", "puller", "--registry", "fleet", "--status", "disabled");
        Assert.Equal(401, (await puller.GetAsync($"/v2/{Repository}/manifests/v1")).Code);
        await RunAsync("acr", "token", "delete", "--name", "puller", "--registry", "fleet", "--yes");
        Assert.Empty((await JsonAsync("acr", "token", "list", "--registry", "fleet")).AsArray());
    }

    /// <summary>Debian's package sends the rules whole, and each command reads them first.</summary>
    [Fact]
    public async Task NetworkRules_OfARegistry_AreAdministeredByAz()
    {
        await Tool.RequireHostAsync("fenced.localhost");
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        await RunAsync("acr", "create", "--resource-group", "breakwater", "--name", "fenced", "--sku", "Premium");
        Assert.Equal("Deny", (string?)(await JsonAsync("acr", "update", "--name", "fenced", "--default-action", "Deny"))["networkRuleSet"]!["defaultAction"]);
        Assert.Contains("Looks like you don't have access to registry", (await TryAsync("acr", "login", "--name", "fenced", "--expose-token")).AllOutput, StringComparison.Ordinal);

        await RunAsync("acr", "network-rule", "add", "--name", "fenced", "--ip-address", "203.0.113.0/24");
        await RunAsync("acr", "network-rule", "add", "--name", "fenced", "--ip-address", "127.0.0.1");
        Assert.Equal(["203.0.113.0/24", "127.0.0.1"], (await JsonAsync("acr", "network-rule", "list", "--name", "fenced"))["ipRules"]!.AsArray().Select(rule => (string?)rule!["ipAddressOrRange"]));
        Assert.Equal(3, ((string)(await JsonAsync("acr", "login", "--name", "fenced", "--expose-token"))["accessToken"]!).Split('.').Length);
        await RunAsync("acr", "network-rule", "remove", "--name", "fenced", "--ip-address", "127.0.0.1");
        Assert.NotEqual(0, (await TryAsync("acr", "login", "--name", "fenced", "--expose-token")).ExitCode);
        Assert.NotEqual(0, (await TryAsync("acr", "network-rule", "add", "--name", "fenced", "--ip-address", "10.0.0.1/8")).ExitCode);

        Assert.StartsWith("fenced.local.data.localhost", (string?)(await JsonAsync("acr", "update", "--name", "fenced", "--data-endpoint-enabled", "true"))["dataEndpointHostNames"]![0], StringComparison.Ordinal);
        Assert.Equal("None", (string?)(await JsonAsync("acr", "update", "--name", "fenced", "--allow-trusted-services", "false"))["networkRuleBypassOptions"]);
        var shut = await JsonAsync("acr", "update", "--name", "fenced", "--default-action", "Allow", "--public-network-enabled", "false");
        Assert.Equal(("Allow", "Disabled"), ((string?)shut["networkRuleSet"]!["defaultAction"], (string?)shut["publicNetworkAccess"]));
        Assert.NotEqual(0, (await TryAsync("acr", "login", "--name", "fenced", "--expose-token")).ExitCode);
    }

    /// <summary>A private listener is the subnet that az wants, with the networks that the operator has named.</summary>
    [Fact]
    public async Task PrivateEndpoint_FromCreateToDelete_IsAdministeredByAz()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        Assert.Equal("private", (string?)Assert.Single((await JsonAsync("network", "vnet", "list")).AsArray())!["name"]);
        Assert.Equal("10.8.0.0/24", (string?)Assert.Single((await JsonAsync("network", "vnet", "subnet", "list", "--resource-group", "breakwater", "--vnet-name", "private")).AsArray())!["addressPrefix"]);
        string[] one = ["--resource-group", "breakwater", "--name", "office"], target = ["--private-connection-resource-id", registry.Id, "--connection-name", "office", "--group-id", "registry"];

        var made = await JsonAsync(["network", "private-endpoint", "create", .. one, "--vnet-name", "private", "--subnet", "vpn", .. target]);
        Assert.EndsWith("/virtualNetworks/private/subnets/vpn", (string?)made["subnet"]!["id"], StringComparison.Ordinal);
        Assert.Equal("Approved", (string?)made["privateLinkServiceConnections"]![0]!["privateLinkServiceConnectionState"]!["status"]);
        var connection = Assert.Single((await JsonAsync("acr", "private-endpoint-connection", "list", "--registry-name", "local")).AsArray())!;
        Assert.Equal((string?)made["id"], (string?)connection["privateEndpoint"]!["id"]);
        Assert.Equal("blue", (string?)(await JsonAsync(["network", "private-endpoint", "update", .. one, "--tags", "team=blue"]))["tags"]!["team"]);
        Assert.Equal("Approved", (string?)(await JsonAsync(["network", "private-endpoint", "show", .. one]))["privateLinkServiceConnections"]![0]!["privateLinkServiceConnectionState"]!["status"]);
        Assert.Equal("office", (string?)Assert.Single((await JsonAsync("network", "private-endpoint", "list")).AsArray())!["name"]);
        Assert.Single((await JsonAsync("network", "private-endpoint", "list", "--resource-group", "breakwater")).AsArray());
        Assert.Contains("--private-networks", (await TryAsync(["network", "private-endpoint", "create", "--resource-group", "breakwater", "--name", "other", "--vnet-name", "private", "--subnet", "dmz", .. target])).AllOutput, StringComparison.Ordinal);

        await RunAsync(["network", "private-endpoint", "delete", .. one]);
        Assert.Empty((await JsonAsync("network", "private-endpoint", "list")).AsArray());
        var asked = await JsonAsync(["network", "private-endpoint", "create", .. one, "--vnet-name", "private", "--subnet", "vpn", .. target, "--manual-request", "--request-message", "please"]);
        Assert.Equal("office", (string?)asked["name"]);
        Assert.Contains((await JsonAsync("acr", "private-endpoint-connection", "list", "--registry-name", "local")).AsArray(), item => (string?)item!["privateLinkServiceConnectionState"]!["status"] == "Pending");
    }

    /// <summary>az has the registry's side too. Networks of its own, or an authority, an endpoint has by <c>az rest</c> alone.</summary>
    [Fact]
    public async Task PrivateEndpointConnection_OfARegistry_IsDecidedByAz()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        var body = JsonSerializer.Serialize(new
        {
            properties = new { sourcePrefixes = new[] { "10.8.0.0/24" }, manualPrivateLinkServiceConnections = new[] { new { name = "one", properties = new { privateLinkServiceId = registry.Id, requestMessage = "please" } } } },
        });
        await RunAsync("rest", "--method", "put", "--url", $"/subscriptions/{registry.Tenant}/resourceGroups/breakwater/providers/Microsoft.Network/privateEndpoints/one?api-version=2024-05-01", "--body", body);

        var name = (string)Assert.Single((await JsonAsync("acr", "private-endpoint-connection", "list", "--registry-name", "local")).AsArray())!["name"]!;
        string[] one = ["--registry-name", "local", "--name", name];
        async Task<string?> StatusAsync(string command, params string[] more) =>
            (string?)(await JsonAsync(["acr", "private-endpoint-connection", command, .. one, .. more]))["privateLinkServiceConnectionState"]!["status"];
        Assert.Equal("Pending", await StatusAsync("show"));
        Assert.Equal("Approved", await StatusAsync("approve", "--description", "welcome"));
        Assert.Equal("Rejected", await StatusAsync("reject"));
        Assert.Equal("registry", (string?)(await JsonAsync("acr", "private-link-resource", "list", "--name", "local"))[0]!["groupId"]);
        Assert.Equal(name, (string?)(await JsonAsync("acr", "show", "--name", "local"))["privateEndpointConnections"]![0]!["name"]);
        await RunAsync(["acr", "private-endpoint-connection", "delete", .. one]);
        Assert.Empty((await JsonAsync("acr", "private-endpoint-connection", "list", "--registry-name", "local")).AsArray());
    }

    [Fact]
    public async Task ResourceGroups_MadeUsedAndDeleted_ByAz()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        Assert.Equal("false", (await RunAsync("group", "exists", "--name", "team-blue")).Trim());
        var made = await JsonAsync("group", "create", "--name", "team-blue", "--location", "local", "--tags", "team=blue");
        Assert.Equal(("team-blue", "blue", "Succeeded"), ((string?)made["name"], (string?)made["tags"]!["team"], (string?)made["properties"]!["provisioningState"]));
        Assert.Equal("true", (await RunAsync("group", "exists", "--name", "team-blue")).Trim());
        Assert.Equal(["breakwater", "team-blue"], (await JsonAsync("group", "list")).AsArray().Select(group => (string?)group!["name"]));
        Assert.Equal("blue", (string?)(await JsonAsync("group", "show", "--name", "team-blue"))["tags"]!["team"]);

        Assert.Equal("green", (string?)(await JsonAsync("group", "update", "--name", "team-blue", "--set", "tags.team=green"))["tags"]!["team"]);
        Assert.Equal("""{"stage":"test"}""", (await JsonAsync("group", "update", "--name", "team-blue", "--tags", "stage=test"))["tags"]!.ToJsonString());
        var patched = await JsonAsync("rest", "--method", "patch", "--url", $"{made["id"]}?api-version=2024-11-01", "--body", """{"tags": {"team": "blue"}}""");
        Assert.Equal("""{"team":"blue"}""", patched["tags"]!.ToJsonString());

        var registryInIt = await JsonAsync("acr", "create", "--resource-group", "team-blue", "--name", "fleet", "--sku", "Basic");
        Assert.Equal("team-blue", (string?)registryInIt["resourceGroup"]);
        Assert.Equal(["fleet"], (await JsonAsync("acr", "list", "--resource-group", "team-blue")).AsArray().Select(item => (string?)item!["name"]));
        Assert.Equal("fleet", (string?)(await JsonAsync("acr", "show", "--name", "fleet"))["name"]);
        Assert.NotEqual(0, (await TryAsync("group", "delete", "--name", "team-blue", "--yes")).ExitCode);
        await RunAsync("acr", "delete", "--name", "fleet", "--yes");
        await registry.Owner.SendAsync(HttpMethod.Post, $"/subscriptions/{registry.Tenant}/resourceGroups/team-blue/providers/Microsoft.ContainerRegistry/deletedRegistries/fleet/purge{ManagedRegistry.Version}", null, "application/json");
        await RunAsync("group", "delete", "--name", "team-blue", "--yes");
        Assert.Equal("false", (await RunAsync("group", "exists", "--name", "team-blue")).Trim());
    }

    [Fact]
    public async Task SoftDelete_EnabledListedAndRestored_ByAz()
    {
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        Assert.Equal(("disabled", 7), Policy(await JsonAsync("acr", "config", "soft-delete", "show", "--registry", "local")));
        Assert.Equal(("enabled", 30), Policy(await JsonAsync("acr", "config", "soft-delete", "update", "--registry", "local", "--status", "enabled", "--days", "30")));
        var (first, second) = (TestManifest.RandomImage(content), TestManifest.RandomImage(content));
        foreach (var image in new[] { first, second })
        {
            Assert.Equal(201, (await registry.Owner.PushAsync(Repository, "v1", image)).Code);
            await RunAsync("acr", "repository", "delete", "--name", "local", "--image", $"{Repository}:v1", "--yes");
        }
        Assert.Equal([Repository], Texts(await JsonAsync("acr", "repository", "list-deleted", "--name", "local")));
        var manifests = (await JsonAsync("acr", "manifest", "list-deleted", "--registry", "local", "--name", Repository)).AsArray();
        Assert.Equal(new[] { first.Digest, second.Digest }.Order(StringComparer.Ordinal), manifests.Select(item => (string?)item!["digest"]));
        Assert.Equal(30, (DateTimeOffset.Parse((string)manifests[0]!["expiresAfter"]!) - DateTimeOffset.Parse((string)manifests[0]!["deletedAt"]!)).TotalDays);
        Assert.Equal([first.Digest, second.Digest], (await JsonAsync("acr", "manifest", "list-deleted-tags", "--registry", "local", "--name", $"{Repository}:v1")).AsArray().Select(item => (string?)item!["digest"]));

        // Without a digest: the one that was deleted last.
        await RunAsync("acr", "manifest", "restore", "--registry", "local", "--name", $"{Repository}:v1", "--yes");
        Assert.Equal(second.Body, (await registry.Owner.GetManifestAsync(Repository, "v1")).Body);
        Assert.NotEqual(0, (await TryAsync("acr", "manifest", "restore", "--registry", "local", "--name", $"{Repository}:v1", "--digest", first.Digest)).ExitCode);
        await RunAsync("acr", "manifest", "restore", "--registry", "local", "--name", $"{Repository}:v1", "--digest", first.Digest, "--force");
        Assert.Equal(first.Body, (await registry.Owner.GetManifestAsync(Repository, "v1")).Body);
        await RunAsync("acr", "repository", "untag", "--name", "local", "--image", $"{Repository}:v1");
        await RunAsync("acr", "manifest", "restore", "--registry", "local", "--name", $"{Repository}:v1", "--digest", first.Digest);
        Assert.Empty((await JsonAsync("acr", "repository", "list-deleted", "--name", "local")).AsArray());

        static (string?, int) Policy(JsonNode policy) => ((string?)policy["status"], (int)policy["retentionDays"]!);
    }

    [Fact]
    public async Task Webhook_FromCreateToDelete_IsAdministeredByAz()
    {
        using var receiver = new WebhookReceiver();
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        string[] hook = ["--registry", "local", "--name", "hooks"];
        var made = await JsonAsync(["acr", "webhook", "create", .. hook, "--uri", receiver.Address, "--actions", "push", "delete", "chart_push", "--scope", $"{Repository}:*", "--headers", "X-Key=az-secret", "--tags", "team=one"]);
        Assert.Equal(("enabled", $"{Repository}:*", "one"), ((string?)made["status"], (string?)made["scope"], (string?)made["tags"]!["team"]));
        Assert.Equal("hooks", (string?)Assert.Single((await JsonAsync("acr", "webhook", "list", "--registry", "local")).AsArray())!["name"]);
        Assert.Equal(["push", "delete", "chart_push"], Texts((await JsonAsync(["acr", "webhook", "show", .. hook]))["actions"]!));
        var config = await JsonAsync(["acr", "webhook", "get-config", .. hook]);
        Assert.Equal((receiver.Address, "az-secret"), ((string?)config["serviceUri"], (string?)config["customHeaders"]!["X-Key"]));

        var ping = (string)(await JsonAsync(["acr", "webhook", "ping", .. hook]))["id"]!;
        Assert.Equal(201, (await registry.Owner.PushAsync(Repository, "v1", TestManifest.RandomImage(content))).Code);
        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Received.Count == 2), "ping and push arrived");
        Assert.Equal(["ping", "push"], receiver.Received.Select(one => one.Action).Order());
        Assert.All(receiver.Received, one => Assert.Equal("az-secret", one.Headers["X-Key"]));
        Assert.StartsWith("127.0.0.1:", (string?)receiver.Received.Single(one => one.Action == "push").Json["request"]!["host"], StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () => (await registry.Owner.CallWebhookAsync(registry.Server, "hooks", "listEvents")).Json!["value"]!.AsArray().All(item => (string?)item!["state"] == "delivered"), "both were written down");
        var events = (await JsonAsync(["acr", "webhook", "list-events", .. hook])).AsArray();
        Assert.Equal(2, events.Count);
        Assert.Contains(ping, events.Select(item => (string)item!["id"]!));
        Assert.All(events, item => Assert.Equal("200", (string?)item!["eventResponseMessage"]!["statusCode"]));
        Assert.DoesNotContain("az-secret", events.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains($"{Repository}:v1", await RunAsync(["acr", "webhook", "list-events", .. hook, "--output", "table"]), StringComparison.Ordinal);

        var changed = await JsonAsync(["acr", "webhook", "update", .. hook, "--status", "disabled", "--actions", "delete"]);
        Assert.Equal(("disabled", "delete"), ((string?)changed["status"], Assert.Single(Texts(changed["actions"]!))));
        await RunAsync(["acr", "webhook", "delete", .. hook]);
        Assert.Empty((await JsonAsync("acr", "webhook", "list", "--registry", "local")).AsArray());
    }

    [Fact]
    public async Task Encryption_CreateShowAndRotateKey_ByAz()
    {
        Tool.RequireFile(SoftHsm.Library, "SoftHSM");
        SoftHsm.CreateKey(hsm!.Token, "one", 1);
        SoftHsm.CreateKey(hsm.Token, "two", 1);
        await RunAsync("login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        var keeper = await JsonAsync("identity", "create", "--resource-group", "breakwater", "--name", "keeper");
        var made = await JsonAsync("acr", "create", "--resource-group", "breakwater", "--name", "closedone", "--sku", "Premium", "--identity", (string)keeper["id"]!, "--key-encryption-key", hsm.KeyOf("one"));
        Assert.Equal(("enabled", hsm.KeyOf("one"), (string?)keeper["clientId"]), Of(made["encryption"]!));
        Assert.Equal((string?)keeper["id"], made["identity"]!["userAssignedIdentities"]!.AsObject().Single().Key, ignoreCase: true);

        var shown = await JsonAsync("acr", "encryption", "show", "--name", "closedone");
        Assert.Equal(made["encryption"]!.ToJsonString(), shown.ToJsonString());
        await RunAsync("acr", "encryption", "rotate-key", "--name", "closedone", "--key-encryption-key", hsm.KeyOf("two"));
        var rotated = (await JsonAsync("acr", "encryption", "show", "--name", "closedone"))["keyVaultProperties"]!;
        Assert.Equal((hsm.KeyOf("two"), hsm.KeyOf("two") + ";id=%01", true), ((string?)rotated["keyIdentifier"], (string?)rotated["versionedKeyIdentifier"], (bool)rotated["keyRotationEnabled"]!));
        Assert.NotEqual(0, (await TryAsync("acr", "encryption", "rotate-key", "--name", "closedone", "--key-encryption-key", hsm.KeyOf("three"))).ExitCode);

        // The key's identity stays with the registry as long as the key names it.
        Assert.Equal((string?)keeper["principalId"], (string?)(await JsonAsync("acr", "identity", "show", "--name", "closedone"))["userAssignedIdentities"]!.AsObject().Single().Value!["principalId"]);
        Assert.NotEqual(0, (await TryAsync("acr", "identity", "remove", "--name", "closedone", "--identities", (string)keeper["id"]!)).ExitCode);
        var second = await JsonAsync("identity", "create", "--resource-group", "breakwater", "--name", "second");
        Assert.Equal(2, (await JsonAsync("acr", "identity", "assign", "--name", "closedone", "--identities", (string)second["id"]!))["identity"]!["userAssignedIdentities"]!.AsObject().Count);
        await RunAsync("acr", "encryption", "rotate-key", "--name", "closedone", "--key-encryption-key", hsm.KeyOf("two"), "--identity", "second");
        Assert.Equal((string?)second["clientId"], (string?)(await JsonAsync("acr", "encryption", "show", "--name", "closedone"))["keyVaultProperties"]!["identity"]);
        await RunAsync("acr", "identity", "remove", "--name", "closedone", "--identities", "keeper");
        Assert.Equal((string?)second["id"], (await JsonAsync("acr", "identity", "show", "--name", "closedone"))["userAssignedIdentities"]!.AsObject().Single().Key);
        Assert.NotEqual(0, (await TryAsync("acr", "identity", "assign", "--name", "closedone", "--identities", "[system]")).ExitCode);

        static (string?, string?, string?) Of(JsonNode encryption) => ((string?)encryption["status"], (string?)encryption["keyVaultProperties"]!["keyIdentifier"], (string?)encryption["keyVaultProperties"]!["identity"]);
    }

    private Task<string> LoginAsync(JsonNode service, string proof) =>
        RunAsync("login", "--service-principal", "--username", (string)service["appId"]!, "--password", proof, "--tenant", registry.Tenant);

    private async Task<JsonNode> JsonAsync(params string[] arguments) => JsonNode.Parse(await RunAsync([.. arguments, "--output", "json"]))!;

    private static string[] Texts(JsonNode list) => [.. list.AsArray().Select(item => (string)item!)];

    private Task<string> RunAsync(params string[] arguments) => az.RunAsync(arguments, Environment);

    private Task<ToolResult> TryAsync(params string[] arguments) => az.TryRunAsync(arguments, Environment);

    private static string NetworkFolder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "aznetwork");

    private Dictionary<string, string?> Environment => new()
    {
        ["AZURE_CONFIG_DIR"] = registry.Folder["azure"],
        ["AZURE_CORE_COLLECT_TELEMETRY"] = "false",
        ["AZURE_CORE_ONLY_SHOW_ERRORS"] = "true",
        // Its sessions know nothing of one another, and neither must those of two tests.
        ["HOME"] = registry.Folder.Path,
        // With it Debian's network commands can be loaded; the file says more.
        ["PYTHONPATH"] = NetworkFolder(),
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["REQUESTS_CA_BUNDLE"] = registry.Server.CertificateFile,
        ["SSL_CERT_FILE"] = registry.Server.CertificateFile,
        ["ARM_CLOUD_METADATA_URL"] = $"{registry.Origin}/metadata/endpoints?api-version=2019-05-01",
    };

    public async ValueTask DisposeAsync()
    {
        if (registry is not null)
            await registry.DisposeAsync();
    }
}
