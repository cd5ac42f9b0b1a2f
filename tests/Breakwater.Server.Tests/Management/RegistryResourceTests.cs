using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>Registries come and go through the management plane, and each is there for itself.</summary>
public sealed class RegistryResourceTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01";

    private string Port => $":{host.Client.BaseAddress!.Port}";

    [Fact]
    public async Task Put_EveryProperty_IsReadBack()
    {
        var body = new
        {
            location = "westeurope",
            sku = new { name = "Premium" },
            tags = new { team = "blue" },
            properties = new
            {
                adminUserEnabled = true,
                anonymousPullEnabled = true,
                roleAssignmentMode = "AbacRepositoryPermissions",
                anonymousPullRepositories = new[] { "public/*" },
                hostNames = new[] { "everything.example" },
                policies = new
                {
                    signingPolicy = new { status = "enabled", includeAttestations = true },
                    tagImmutabilityPolicy = new { rules = new[] { new { repositoryPattern = "*", tagPattern = "v*" } } },
                    azureADAuthenticationAsArmPolicy = new { status = "disabled" },
                    quarantinePolicy = new { status = "disabled" },
                    trustPolicy = new { type = "Notary", status = "disabled" },
                    retentionPolicy = new { days = 7, status = "disabled" },
                    softDeletePolicy = new { retentionDays = 14, status = "enabled" },
                    exportPolicy = new { status = "enabled" },
                },
                networkRuleSet = new { defaultAction = "Deny", ipRules = new[] { new { action = "Allow", value = "203.0.113.0/24" } } },
                publicNetworkAccess = "Disabled",
                networkRuleBypassOptions = "None",
                networkRuleBypassAllowedForTasks = false,
                dataEndpointEnabled = true,
                encryption = new { status = "disabled" },
                zoneRedundancy = "Disabled",
            },
        };
        var made = await CallAsync(HttpStatusCode.Created, "PUT", "everything", body);
        var read = await CallAsync(HttpStatusCode.OK, "GET", "EVERYTHING");

        Assert.Equal(made.ToJsonString(), read.ToJsonString());
        AssertWithin(System.Text.Json.JsonSerializer.SerializeToNode(body)!, read, "");
        Assert.Equal("everything.localhost" + Port, (string?)read["properties"]!["loginServer"]);
        Assert.Equal(("Succeeded", "owner"), ((string?)read["properties"]!["provisioningState"], (string?)read["systemData"]!["createdBy"]));
        // As tools do that read, change one thing and write all of it.
        read["tags"]!["team"] = "green";
        Assert.Equal("green", (string?)(await CallAsync(HttpStatusCode.OK, "PUT", "everything", read))["tags"]!["team"]);
    }

    [Theory]
    [InlineData("""{"sku":{"name":"Gold"}}""")]
    [InlineData("""{}""")]
    [InlineData("""{"sku":{"name":"Basic"},"properties":{"adminUserEnable":true}}""")]
    [InlineData("""{"sku":{"name":"Basic"},"properties":{"anonymousPullEnabled":true}}""")]
    [InlineData("""{"sku":{"name":"Standard"},"properties":{"policies":{"signingPolicy":{"status":"enabled"}}}}""")]
    [InlineData("""{"sku":{"name":"Standard"},"properties":{"publicNetworkAccess":"Disabled"}}""")]
    [InlineData("""{"sku":{"name":"Standard"},"properties":{"networkRuleSet":{"defaultAction":"Deny"}}}""")]
    [InlineData("""{"sku":{"name":"Standard"},"properties":{"networkRuleSet":{"ipRules":[{"value":"10.0.0.1"}]}}}""")]
    [InlineData("""{"sku":{"name":"Premium"},"properties":{"encryption":{"status":"enabled"}}}""")]
    [InlineData("""{"sku":{"name":"Premium"},"properties":{"zoneRedundancy":"Enabled"}}""")]
    [InlineData("""{"sku":{"name":"Premium"},"properties":{"policies":{"quarantinePolicy":{"status":"enabled"}}}}""")]
    [InlineData("""{"sku":{"name":"Premium"},"identity":{"type":"SystemAssigned"}}""")]
    public async Task Put_WhatIsNotHere_IsRefusedAndMakesNothing(string body)
    {
        var error = await CallAsync(HttpStatusCode.BadRequest, "PUT", "refused", JsonNode.Parse(body));
        Assert.NotEmpty((string)error["error"]!["message"]!);
        await CallAsync(HttpStatusCode.NotFound, "GET", "refused");
    }

    [Fact]
    public async Task Put_BadName_IsRefused() => await CallAsync(HttpStatusCode.BadRequest, "PUT", "bad-name", new { sku = new { name = "Basic" } });

    [Fact]
    public async Task Revision_OfAnOlderRead_IsRefused()
    {
        await CreateAsync("revisions");
        using var read = await SendAsync("GET", PathOf("revisions"), null);
        var seen = read.Headers.ETag!.Tag;
        using (var changed = await SendAsync("PATCH", PathOf("revisions"), new { tags = new { a = "1" } }, ("If-Match", seen)))
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);

        foreach (var (method, body) in new[] { ("PATCH", new { tags = new { a = "2" } }), ("PUT", new { tags = new { a = "2" } }), ("DELETE", (object?)null) })
        {
            using var late = await SendAsync(method, PathOf("revisions"), body, ("If-Match", seen));
            Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        }
        using var mustBeNew = await SendAsync("PUT", PathOf("revisions"), new { sku = new { name = "Basic" } }, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, mustBeNew.StatusCode);
        Assert.Equal("1", (string?)(await CallAsync(HttpStatusCode.OK, "GET", "revisions"))["tags"]!["a"]);
    }

    [Fact]
    public async Task Content_OfOneRegistry_IsNotInAnother()
    {
        await CreateAsync("inhabited");
        await CreateAsync("uninhabited");
        var (digest, manifest) = ("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Manifest)), "/v2/team/app/manifests/v1");
        using (var pushed = await AtAsync("inhabited", "PUT", manifest, Manifest))
            Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("inhabited", "GET", manifest));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("uninhabited", "GET", manifest));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("uninhabited", "GET", $"/v2/team/app/manifests/{digest}"));
        Assert.Equal("""{"repositories":["team/app"]}""", await TextAsync("inhabited", "/v2/_catalog"));
        Assert.Equal("""{"repositories":[]}""", await TextAsync("uninhabited", "/v2/_catalog"));
    }

    [Fact]
    public async Task Token_OfOneRegistry_IsNoneOfAnother()
    {
        await CreateAsync("tokensone");
        await CreateAsync("tokenstwo");
        using (await AtAsync("tokensone", "PUT", "/v2/team/app/manifests/v1", Manifest))
        using (await AtAsync("tokenstwo", "PUT", "/v2/team/app/manifests/v1", Manifest))
        {
        }
        var token = JsonNode.Parse(await TextAsync("tokensone", "/oauth2/token?scope=repository:team/app:pull"))!;
        var bearer = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("tokensone", "GET", "/v2/team/app/manifests/v1", bearer));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("tokenstwo", "GET", "/v2/team/app/manifests/v1", bearer));
    }

    [Fact]
    public async Task AdminUser_OfOneRegistry_IsNobodyInAnother()
    {
        await CreateAsync("adminone", new { adminUserEnabled = true });
        await CreateAsync("admintwo", new { adminUserEnabled = true });
        var credentials = await CallAsync(HttpStatusCode.OK, "POST", "adminone", null, "/listCredentials");
        var admin = MatrixHost.Basic("adminone", (string)credentials["passwords"]![0]!["value"]!);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("adminone", "GET", "/v2/", admin));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("admintwo", "GET", "/v2/", admin));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("adminone", "GET", "/v2/", MatrixHost.Basic("admintwo", (string)credentials["passwords"]![0]!["value"]!)));
    }

    [Fact]
    public async Task Management_ByARegistrysOwnHost_IsNotThere()
    {
        await CreateAsync("ownhost");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("ownhost", "GET", PathOf("ownhost")));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync("nosuchone", "GET", "/v2/"));
    }

    [Fact]
    public async Task Delete_Registry_IsGoneAtOnceAndCanBeRecovered()
    {
        await CreateAsync("transient");
        using (await AtAsync("transient", "PUT", "/v2/team/app/manifests/v1", Manifest))
        {
        }
        await CallAsync(HttpStatusCode.OK, "DELETE", "transient");

        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync("transient", "GET", "/v2/team/app/manifests/v1"));
        await CallAsync(HttpStatusCode.NotFound, "GET", "transient");
        await CallAsync(HttpStatusCode.NoContent, "DELETE", "transient");
        Assert.Contains("deletedRegistries", (string)(await CallAsync(HttpStatusCode.Conflict, "PUT", "transient", new { sku = new { name = "Basic" } }))["error"]!["message"]!, StringComparison.Ordinal);
        var deleted = (await SendJsonAsync(HttpStatusCode.OK, "GET", Deleted(""), null))["value"]!.AsArray().Single(item => (string?)item!["name"] == "transient")!;
        Assert.True((DateTimeOffset)deleted["properties"]!["scheduledPurgeDate"]! > (DateTimeOffset)deleted["properties"]!["deletionDate"]!);

        await SendJsonAsync(HttpStatusCode.OK, "POST", Deleted("/Transient/recover"), null);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("transient", "GET", "/v2/team/app/manifests/v1"));
    }

    [Fact]
    public async Task Purge_Deleted_FreesTheNameForOneThatInheritsNothing()
    {
        await CreateAsync("reborn", new { adminUserEnabled = true });
        using (await AtAsync("reborn", "PUT", "/v2/team/app/manifests/v1", Manifest))
        {
        }
        await SendJsonAsync(HttpStatusCode.NotFound, "POST", Deleted("/reborn/purge"), null);
        await CallAsync(HttpStatusCode.OK, "DELETE", "reborn");
        await SendJsonAsync(HttpStatusCode.NoContent, "POST", Deleted("/reborn/purge"), null);
        await SendJsonAsync(HttpStatusCode.NotFound, "POST", Deleted("/reborn/recover"), null);

        await CreateAsync("reborn");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("reborn", "GET", "/v2/team/app/manifests/v1"));
        Assert.False((bool)(await CallAsync(HttpStatusCode.OK, "GET", "reborn"))["properties"]!["adminUserEnabled"]!);
    }

    [Theory]
    [InlineData("available", true, null)]
    [InlineData("local", false, "AlreadyExists")]
    [InlineData("LOCAL", false, "AlreadyExists")]
    [InlineData("owner", false, "AlreadyExists")]
    [InlineData("a-b-c", false, "Invalid")]
    [InlineData("abcd", false, "Invalid")]
    public async Task CheckName_Names_AreJudgedAsByACR(string name, bool available, string? reason)
    {
        var answer = await SendJsonAsync(
            HttpStatusCode.OK, "POST", $"{host.Standing.Subscription}/providers/Microsoft.ContainerRegistry/checkNameAvailability{Version}", new { name, type = "Microsoft.ContainerRegistry/registries" });
        Assert.Equal((available, reason), ((bool)answer["nameAvailable"]!, (string?)answer["reason"]));
    }

    [Fact]
    public async Task Usages_OfATier_AreItsLimitsAndWhatThereIs()
    {
        await CreateAsync("measured", sku: "Basic");
        using (await AtAsync("measured", "PUT", "/v2/team/app/manifests/v1", Manifest))
        {
        }
        var usages = (await CallAsync(HttpStatusCode.OK, "GET", "measured", null, "/listUsages"))["value"]!.AsArray().ToDictionary(line => (string)line!["name"]!, line => ((long)line!["currentValue"]!, (long)line["limit"]!, (string)line["unit"]!));
        Assert.Equal((Manifest.Length, 10L << 30, "Bytes"), usages["Size"]);
        Assert.Equal((0, 100, "Count"), usages["Tokens"]);
        var capabilities = await CallAsync(HttpStatusCode.OK, "GET", "measured", null, "/capabilities");
        Assert.Equal(("Basic", false, 40L << 40), ((string)capabilities["tier"]!, (bool)capabilities["features"]!["anonymousPull"]!, (long)capabilities["limits"]!["maxBytes"]!));
    }

    [Fact]
    public async Task List_ManyRegistries_ComeInPagesAndByWhatTheCallerMaySee()
    {
        for (var i = 0; i < 101; i++)
            await CreateAsync($"paged{i:D3}", sku: "Basic");
        var (names, path) = (new List<string>(), (string?)$"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/registries{Version}");
        for (; path is not null; path = names.Count > 1000 ? null : path)
        {
            var page = await SendJsonAsync(HttpStatusCode.OK, "GET", path, null);
            names.AddRange(page["value"]!.AsArray().Select(registry => (string)registry!["name"]!));
            path = (string?)page["nextLink"];
        }
        Assert.Equal(101, names.Count(name => name.StartsWith("paged", StringComparison.Ordinal)));
        Assert.Equal(names.Distinct().Order(StringComparer.OrdinalIgnoreCase), names);

        var (id, credentials) = await host.Make.UserWithPasswordAsync();
        using (await host.Make.SendAsync("PUT", new Sent($"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/registries/paged007/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}{Version}", MatrixTargets.Assignment(id, "Reader"))))
        {
        }
        var seen = await SendJsonAsync(HttpStatusCode.OK, "GET", $"{host.Standing.Subscription}/providers/Microsoft.ContainerRegistry/registries{Version}", null, credentials);
        Assert.Equal(["paged007"], seen["value"]!.AsArray().Select(registry => (string?)registry!["name"]));
        await SendJsonAsync(HttpStatusCode.Forbidden, "GET", PathOf("paged008"), null, credentials);
        await SendJsonAsync(HttpStatusCode.Forbidden, "GET", PathOf("neverthere"), null, credentials);
    }

    [Fact]
    public async Task Operations_OfTheProvider_NameWhatRolesName()
    {
        var operations = (await SendJsonAsync(HttpStatusCode.OK, "GET", "/providers/Microsoft.ContainerRegistry/operations" + Version, null))["value"]!.AsArray().Select(operation => (string)operation!["name"]!).ToList();
        Assert.Contains("Microsoft.ContainerRegistry/registries/write", operations);
        Assert.Contains("Microsoft.ContainerRegistry/registries/repositories/content/read", operations);
    }

    private static byte[] Manifest { get; } = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"""u8.ToArray();

    private string PathOf(string name, string tail = "") => $"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/registries/{name}{tail}{Version}";

    private string Deleted(string tail) => $"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/deletedRegistries{tail}{Version}";

    private Task<JsonNode> CreateAsync(string name, object? properties = null, string sku = "Premium") => CallAsync(HttpStatusCode.Created, "PUT", name, new { sku = new { name = sku }, properties });

    private Task<JsonNode> CallAsync(HttpStatusCode expected, string method, string name, object? body = null, string tail = "") => SendJsonAsync(expected, method, PathOf(name, tail), body);

    private async Task<JsonNode> SendJsonAsync(HttpStatusCode expected, string method, string path, object? body, AuthenticationHeaderValue? by = null)
    {
        using var response = await SendAsync(method, path, body, by);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, object? body, params (string Name, string Value)[] headers) => SendAsync(method, path, body, null, headers);

    private async Task<HttpResponseMessage> SendAsync(string method, string path, object? body, AuthenticationHeaderValue? by, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = by ?? MatrixTargets.Maker;
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>At a registry's own host.</summary>
    private async Task<HttpResponseMessage> AtAsync(string registry, string method, string path, byte[]? manifest = null, AuthenticationHeaderValue? by = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = $"{registry}.localhost{Port}";
        request.Headers.Authorization = by ?? MatrixTargets.Maker;
        if (manifest is not null)
        {
            request.Content = new ByteArrayContent(manifest);
            request.Content.Headers.ContentType = new("application/vnd.oci.image.index.v1+json");
        }
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> StatusAsync(string registry, string method, string path, AuthenticationHeaderValue? by = null)
    {
        using var response = await AtAsync(registry, method, path, by: by);
        return response.StatusCode;
    }

    private async Task<string> TextAsync(string registry, string path)
    {
        using var response = await AtAsync(registry, "GET", path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static void AssertWithin(JsonNode expected, JsonNode? actual, string path)
    {
        if (expected is JsonObject members)
        {
            foreach (var (name, value) in members)
                AssertWithin(value!, actual?[name], $"{path}.{name}");
        }
        else
        {
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{path}: {expected.ToJsonString()} was written, {actual?.ToJsonString()} is read");
        }
    }
}
