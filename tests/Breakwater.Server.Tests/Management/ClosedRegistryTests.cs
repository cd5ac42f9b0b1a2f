using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Core.Keys;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>A registry whose customer's key may not be used: every way to its content is closed, and every way to mend it is open.</summary>
public sealed class ClosedRegistryTests(MatrixHost host) : IClassFixture<MatrixHost>, IAsyncLifetime
{
    private const string Key = "test:closed", Version = "?api-version=2025-11-01";

    private static bool IsContent(MatrixRow row) => row.Route.StartsWith("/v2/", StringComparison.Ordinal) && row.Route != "/v2/" || row.Route.StartsWith("/acr/v1/", StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        await host.ChangeRegistryAsync(new { encryption = new { status = "enabled", keyVaultProperties = new { keyIdentifier = Key } } });
        await CheckAsync();
    }

    public async ValueTask DisposeAsync()
    {
        host.KeyStore.Refused.Clear();
        host.KeyStore.Silent.Clear();
        await CheckAsync();
        await host.ChangeRegistryAsync(new { encryption = new { status = "disabled" } });
    }

    private Task<IReadOnlyList<KeyStandingChange>> CheckAsync() => host.KeyWatch.CheckAsync(TestContext.Current.CancellationToken);

    private async Task<List<(string Row, HttpStatusCode Status, string Body, TimeSpan? RetryAfter)>> SendAllAsync()
    {
        var answers = new List<(string, HttpStatusCode, string, TimeSpan?)>();
        foreach (var row in MatrixRows.All.Where(IsContent))
        {
            foreach (var method in row.Methods.Split(' '))
            {
                var sent = row.Make(host.Standing);
                using var request = new HttpRequestMessage(new HttpMethod(method), sent.Path) { Content = sent.Content() };
                request.Headers.Authorization = MatrixHost.Basic("owner");
                using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
                answers.Add(($"{method} {row.Route}", response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers.RetryAfter?.Delta));
            }
        }
        return answers;
    }

    private Task<(HttpStatusCode Status, string Body)> SendRowAsync(string tail)
    {
        var row = MatrixRows.All.Single(row => row.Route.EndsWith(tail, StringComparison.Ordinal));
        return SendAsync(row.Methods, row.Make(host.Standing).Path, row.Make(host.Standing).Json);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string method, string path, object? body = null, bool signedIn = true)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new Sent(path, body).Content() };
        request.Headers.Authorization = signedIn ? MatrixHost.Basic("owner") : null;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ContentRoutes_KeyRefused_AreAllDenied()
    {
        // What was read before is in memory.
        var (_, manifest) = await SendAsync("GET", $"/v2/{host.Standing.Repository}/manifests/{host.Standing.Tag}");
        host.KeyStore.Refused.Add(Key);
        await CheckAsync();
        var before = await host.ReadStateAsync();

        foreach (var (row, status, body, _) in await SendAllAsync())
        {
            Assert.True(status == HttpStatusCode.Forbidden, $"{row}: {status} {body}");
            if (!row.StartsWith("HEAD", StringComparison.Ordinal))
                Assert.Contains("customer-managed key", (string)JsonNode.Parse(body)!["errors"]!.AsArray().Single(error => (string?)error!["code"] == "DENIED")!["message"]!, StringComparison.Ordinal);
        }
        Assert.Equal(before, await host.ReadStateAsync());

        host.KeyStore.Refused.Clear();
        await CheckAsync();
        Assert.Equal((HttpStatusCode.OK, manifest), await SendAsync("GET", $"/v2/{host.Standing.Repository}/manifests/{host.Standing.Tag}"));
    }

    [Fact]
    public async Task ContentRoutes_StoreSilentBeyondTheGrace_AreUnavailableWithATimeToComeBack()
    {
        host.KeyStore.Silent.Add(Key);
        await CheckAsync();
        foreach (var (row, status, body, retryAfter) in await SendAllAsync())
        {
            Assert.True(status == HttpStatusCode.ServiceUnavailable, $"{row}: {status} {body}");
            Assert.True(retryAfter > TimeSpan.Zero, row);
        }
    }

    /// <summary>A server has started; its key store has not answered yet. Most routes load no key: only that they are closed keeps them shut.</summary>
    [Fact]
    public async Task ContentRoutes_StoreNotAskedSinceTheStart_AreUnavailableUntilItAnswers()
    {
        var (catalog, service) = ("/v2/_catalog", host.KeyService);
        var answers = new TaskCompletionSource();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", catalog)).Status);
        host.KeyStore.Ready = answers.Task;
        try
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
            await service.AskedAsync(TimeSpan.FromMilliseconds(100));
            foreach (var (row, status, body, retryAfter) in await SendAllAsync())
            {
                Assert.True(status == HttpStatusCode.ServiceUnavailable, $"{row}: {status} {body}");
                Assert.True(retryAfter > TimeSpan.Zero, row);
            }
            Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v2/")).Status);
            answers.SetResult();
            await service.AskedAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", catalog)).Status);
        }
        finally
        {
            answers.TrySetResult();
            await service.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task OtherRoutes_KeyRefused_StayOpen()
    {
        host.KeyStore.Refused.Add(Key);
        await CheckAsync();
        var registry = host.Standing.Registry;
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v2/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", $"/oauth2/token?service={host.Client.BaseAddress!.Authority}&scope=repository:{host.Standing.Repository}:pull")).Status);
        var (status, shown) = await SendAsync("GET", $"{registry}?api-version=2025-11-01");
        Assert.Equal((HttpStatusCode.OK, Key), (status, (string?)JsonNode.Parse(shown)!["properties"]!["encryption"]!["keyVaultProperties"]!["keyIdentifier"]));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("PATCH", $"{registry}?api-version=2025-11-01", new { tags = new { a = "1" } })).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendRowAsync("/auditEvents")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendRowAsync("/listUsages")).Status);
    }

    [Fact]
    public async Task PurgeAndImport_KeyRefused_AreRefused()
    {
        host.KeyStore.Refused.Add(Key);
        await CheckAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await SendRowAsync("/registries/{registry}/purge")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendRowAsync("/importImage")).Status);
    }

    [Fact]
    public async Task ContentRoutes_KeyRefused_TellStrangersNothing()
    {
        var open = await SendAsync("GET", $"/v2/{host.Standing.Repository}/manifests/{host.Standing.Tag}", signedIn: false);
        host.KeyStore.Refused.Add(Key);
        await CheckAsync();
        var closed = await SendAsync("GET", $"/v2/{host.Standing.Repository}/manifests/{host.Standing.Tag}", signedIn: false);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (open.Status, closed.Status));
        Assert.DoesNotContain("key", closed.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"encryption":{"status":"on"}}""")]
    [InlineData("""{"encryption":{"status":"enabled"}}""")]
    [InlineData("""{"encryption":{"status":"enabled","keyVaultProperties":{"keyIdentifier":""}}}""")]
    [InlineData("""{"encryption":{"status":"enabled","keyVaultProperties":{"keyIdentifier":"other:key"}}}""")]
    [InlineData("""{"encryption":{"status":"enabled","keyVaultProperties":{"keyIdentifier":"local:service"}}}""")]
    [InlineData("""{"encryption":{"status":"enabled","keyVaultProperties":{"keyIdentifier":"test:refused"}}}""")]
    public async Task Encryption_ThatCannotBe_IsRefusedAndChangesNothing(string properties)
    {
        host.KeyStore.Refused.Add("test:refused");
        var before = await host.ReadStateAsync();
        var (status, _) = await SendAsync("PATCH", $"{host.Standing.Registry}?api-version=2025-11-01", new { properties = JsonNode.Parse(properties) });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(before, await host.ReadStateAsync());
    }

    [Fact]
    public async Task EncryptionIdentity_MustBeOneOfTheRegistrys()
    {
        var root = $"{host.Standing.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/keykeeper";
        var clientId = (string)JsonNode.Parse((await SendAsync("PUT", root + Version, new { location = "local" })).Body)!["properties"]!["clientId"]!;
        Assert.Equal(HttpStatusCode.BadRequest, await GiveAsync(null, clientId));
        Assert.Equal(HttpStatusCode.BadRequest, await GiveAsync(root, $"{Guid.NewGuid():D}"));
        Assert.Equal(HttpStatusCode.OK, await GiveAsync(root, clientId.ToUpperInvariant()));
        // It is named with the key, so that it cannot be taken away alone.
        var (status, refusal) = await PatchAsync(new { identity = new { type = "None" } });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("keyVaultProperties.identity", refusal, StringComparison.Ordinal);

        // What is deleted names nobody, and is no obstacle to anything else.
        await SendAsync("DELETE", root + Version);
        Assert.Equal(HttpStatusCode.OK, await GiveAsync(root, clientId.ToUpperInvariant()));
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(new { identity = new { type = "None" } })).Status);
        var (_, shown) = await PatchAsync(new { properties = new { encryption = Encryption("") } });
        Assert.Null(JsonNode.Parse(shown)!["properties"]!["encryption"]!["keyVaultProperties"]!["identity"]);
    }

    private static object Encryption(string identity) => new { status = "enabled", keyVaultProperties = new { keyIdentifier = Key, identity } };

    private Task<(HttpStatusCode Status, string Body)> PatchAsync(object body) => SendAsync("PATCH", host.Standing.Registry + Version, body);

    private async Task<HttpStatusCode> GiveAsync(string? id, string clientId) => (await PatchAsync(new
    {
        identity = new { type = id is null ? "None" : "UserAssigned", userAssignedIdentities = id is null ? null : new Dictionary<string, object> { [id] = new { } } },
        properties = new { encryption = Encryption(clientId) },
    })).Status;
}
