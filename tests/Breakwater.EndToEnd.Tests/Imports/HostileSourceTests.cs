using System.Security.Cryptography;
using System.Text;
using Breakwater.EndToEnd.Tests.Clients;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;
using static Breakwater.EndToEnd.Tests.Imports.ImportCalls;

namespace Breakwater.EndToEnd.Tests.Imports;

/// <summary>Sources that lie, break off, dawdle, and lead elsewhere.</summary>
public sealed class HostileSourceTests : IAsyncLifetime
{
    private static readonly object Credentials = new { username = "somebody", password = "the-password-at-the-source" };

    private readonly RandomContent content = new(TestSettings.Seed + 32);
    private readonly TemporaryFolder folder = new();
    private readonly StubRegistry stub = new(), other = new();
    private TestManifest image = null!;
    private ManagedRegistry target = null!;

    public async ValueTask InitializeAsync()
    {
        image = TestManifest.RandomImage(content, layers: 1, layerSizeBytes: 300_000);
        await File.WriteAllTextAsync(folder["ca.pem"], stub.CertificatePem + "\n" + other.CertificatePem);
        target = await ManagedRegistry.StartAsync("--import-allow", "127.0.0.0/8", "--import-ca", folder["ca.pem"]);
    }

    private StubReply? Honest(StubRequest request)
    {
        if (request.Path.StartsWith("/v2/app/manifests/", StringComparison.Ordinal))
            return new StubReply(200, image.Body, ("Content-Type", image.MediaType));
        return image.Blobs.FirstOrDefault(blob => request.Path.EndsWith(blob.Digest, StringComparison.Ordinal)) is { } found ? new StubReply(200, found.Content) : null;
    }

    private TestBlob Layer => image.Blobs[1];

    private bool IsLayer(StubRequest request) => request.Path.EndsWith(Layer.Digest, StringComparison.Ordinal);

    private Task<RegistryReply> ImportAsync() => target.ImportAsync(From(stub.Authority, "app:v1", "in:v1", Credentials));

    private async Task AssertRefusedAsync(string code)
    {
        var refused = await ImportAsync();
        Assert.True((400, code) == (refused.Code, refused.ArmCode()), refused.ToString());
        Assert.Equal(404, (await target.Owner.HeadManifestAsync("in", "v1")).Code);
        Assert.Equal(404, (await target.Owner.HeadBlobAsync("in", Layer.Digest)).Code);
    }

    [Fact]
    public async Task Blob_OfAnotherDigest_IsNotKept()
    {
        stub.Answer = request => IsLayer(request) ? new StubReply(200, RandomNumberGenerator.GetBytes(Layer.SizeBytes)) : Honest(request);
        await AssertRefusedAsync("ImportSourceInvalid");
    }

    [Fact]
    public async Task Blob_LongerThanAnnounced_IsNotKept()
    {
        stub.Answer = request => IsLayer(request) ? new StubReply(200, [.. Layer.Content, 1]) : Honest(request);
        await AssertRefusedAsync("ImportSourceInvalid");
    }

    [Fact]
    public async Task Manifest_OfAnotherDigest_IsRefused()
    {
        stub.Answer = Honest;
        var refused = await target.ImportAsync(From(stub.Authority, $"app@{TestBlob.Sha256([1])}", "in:v1"));
        Assert.Equal((400, "ImportSourceInvalid"), (refused.Code, refused.ArmCode()));
    }

    [Fact]
    public async Task Blob_BrokenOff_GoesOnByRange()
    {
        stub.Answer = request => !IsLayer(request) ? Honest(request)
            : request.Headers.TryGetValue("Range", out var range) ? Part(int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture))
            : new StubReply(200, Layer.Content) { CutAfter = 100_000 };
        StubReply Part(int first) => new(206, Layer.Content[first..], ("Content-Range", $"bytes {first}-{Layer.SizeBytes - 1}/{Layer.SizeBytes}"));

        var done = await ImportAsync();

        Assert.True(done.Code == 200, done.ToString());
        Assert.Equal(Layer.Content, (await target.Owner.GetBlobAsync("in", Layer.Digest)).Body);
        Assert.Equal([null, "bytes=100000-"], stub.Requests.Where(IsLayer).Select(request => request.Headers.GetValueOrDefault("Range")));
    }

    [Fact]
    public async Task Blob_BrokenOffAgainAndAgain_IsGivenUp()
    {
        stub.Answer = request => IsLayer(request) ? new StubReply(200, Layer.Content) { CutAfter = 0 } : Honest(request);
        await AssertRefusedAsync("ImportSourceUnreachable");
        Assert.Equal(5, stub.Requests.Count(IsLayer));
    }

    [Fact]
    public async Task Redirection_ToAnotherHost_CarriesNoCredentials()
    {
        other.Answer = Honest;
        stub.Answer = request => !request.Headers.ContainsKey("Authorization") ? new StubReply(401, [], ("WWW-Authenticate", "Basic realm=\"x\""))
            : IsLayer(request) ? new StubReply(307, [], ("Location", $"https://{other.Authority}/data/{Layer.Digest}"))
            : Honest(request);

        Assert.Equal(200, (await ImportAsync()).Code);

        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("somebody:the-password-at-the-source")), stub.Requests[^1].Headers["Authorization"]);
        Assert.False(Assert.Single(other.Requests).Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Redirection_ThatAsksForASignIn_GetsNone()
    {
        other.Answer = _ => new StubReply(401, [], ("WWW-Authenticate", "Basic realm=\"give it to me\""));
        stub.Answer = request => IsLayer(request) ? new StubReply(307, [], ("Location", $"https://{other.Authority}/data/{Layer.Digest}")) : Honest(request);

        await AssertRefusedAsync("ImportSourceUnauthorized");
        Assert.All(other.Requests, request => Assert.False(request.Headers.ContainsKey("Authorization")));
    }

    /// <summary>Who may import everywhere and pull nowhere names another's content in a manifest of his own: it must not be carried on from one target into the next.</summary>
    [Fact]
    public async Task Manifest_ThatNamesWhatATargetHolds_CarriesNothingIntoAnother()
    {
        var secret = TestBlob.Of(RandomNumberGenerator.GetBytes(500));
        Assert.Equal(201, (await target.Owner.PushBlobAsync("secret", secret)).Code);
        var bait = TestManifest.Image(secret, []);
        stub.Answer = request => request.Path.Contains("/manifests/", StringComparison.Ordinal) ? new StubReply(200, bait.Body, ("Content-Type", bait.MediaType)) : null;
        var (id, name, password) = await target.CreateServiceAsync("importer");
        await target.AssignAsync(id, "b24988ac-6180-42a0-ab88-20f7382dd24c");
        using var importer = new RegistryClient(new Uri($"http://{target.Server.HttpAuthority}"), name, password);
        await target.ManageAsync("PATCH", target.Id + ManagedRegistry.Version, new { properties = new { roleAssignmentMode = "AbacRepositoryPermissions" } });

        var refused = await target.StartImportAsync(new { source = new { registryUri = stub.Authority, sourceImage = "app:v1" }, targetTags = new[] { "secret:bait", "mine:v1" } }, importer);

        await target.ManageAsync("PATCH", target.Id + ManagedRegistry.Version, new { properties = new { roleAssignmentMode = "LegacyRegistryPermissions" } });
        Assert.Equal((400, "ImportSourceInvalid"), (refused.Code, refused.ArmCode()));
        Assert.Equal(200, (await target.Owner.HeadManifestAsync("secret", "bait")).Code);
        Assert.Equal(404, (await target.Owner.HeadBlobAsync("mine", secret.Digest)).Code);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ftp")]
    public async Task TokenService_WithoutTls_GetsNothing(string scheme)
    {
        stub.Answer = _ => new StubReply(401, [], ("WWW-Authenticate", $"Bearer realm=\"{scheme}://{other.Authority}/token\",service=\"x\""));
        await AssertRefusedAsync("ImportSourceUnreachable");
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task TokenService_OverTls_GetsTheLoginAndTheRegistryTheToken()
    {
        other.Answer = _ => new StubReply(200, "{\"token\":\"abc.def\"}"u8.ToArray());
        stub.Answer = request => request.Headers.GetValueOrDefault("Authorization") == "Bearer abc.def"
            ? Honest(request)
            : new StubReply(401, [], ("WWW-Authenticate", $"Bearer realm=\"https://{other.Authority}/token\",service=\"the, service\",scope=\"repository:everything:*\""));

        Assert.Equal(200, (await ImportAsync()).Code);

        var asked = Assert.Single(other.Requests);
        Assert.Equal("/token?scope=repository%3Aapp%3Apull&service=the%2C%20service", asked.Path);
        Assert.StartsWith("Basic ", asked.Headers["Authorization"], StringComparison.Ordinal);
        Assert.All(stub.Requests, request => Assert.DoesNotContain("Basic", request.Headers.GetValueOrDefault("Authorization") ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_ThatTakesLong_IsAskedForAndSeenByWhoMay()
    {
        stub.Answer = request => IsLayer(request) ? Honest(request)! with { Delay = TimeSpan.FromSeconds(4) } : Honest(request);
        var started = await target.StartImportAsync(From(stub.Authority, "app:v1", "in:v1"));
        Assert.Equal(202, started.Code);
        Assert.Empty(started.Body);
        Assert.Matches($"^http://{target.Server.HttpAuthority}/subscriptions/{target.Tenant}/providers/Microsoft.ContainerRegistry/locations/[a-z]+/operationResults/registries-[0-9a-f-]+\\?api-version=2025-11-01$", started.Location);
        Assert.Equal("2", started.Header("Retry-After"));

        var (_, stranger, secret) = await target.CreateServiceAsync("stranger");
        using var client = new RegistryClient(new Uri($"http://{target.Server.HttpAuthority}"), stranger, secret);
        Assert.Equal(404, (await client.GetAsync(started.Location!)).Code);
        Assert.Equal(202, (await target.Owner.GetAsync(started.Location!)).Code);
        await Eventually.HoldsAsync(async () => (await target.Owner.GetAsync(started.Location!)).Code == 200, "the import ended");
        Assert.Equal(200, (await target.Owner.HeadManifestAsync("in", "v1")).Code);
    }

    [Fact]
    public async Task Shutdown_WhileImporting_EndsItAndAnotherRunGoesOn()
    {
        stub.Answer = request => IsLayer(request) ? Honest(request)! with { Delay = TimeSpan.FromSeconds(30) } : Honest(request);
        var started = await target.StartImportAsync(From(stub.Authority, "app:v1", "in:v1"));
        Assert.Equal(202, started.Code);
        var begun = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(0, await target.Server.TerminateAsync());
        Assert.InRange(begun.Elapsed.TotalSeconds, 0, 20);
        await using var again = await target.Server.RestartAsync();
        using var owner = again.CreateClient();

        Assert.Equal(404, (await owner.GetAsync(new Uri(started.Location!).PathAndQuery)).Code);
        // What had arrived stays and is not fetched again.
        stub.Answer = Honest;
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(From(stub.Authority, "app:v1", "in:v1"));
        Assert.Equal(200, (await owner.SendAsync(HttpMethod.Post, $"{target.Id}/importImage{ManagedRegistry.Version}", body, "application/json")).Code);
        Assert.Single(stub.Requests, request => request.Path.EndsWith(image.Blobs[0].Digest, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (target is not null)
            await target.DisposeAsync();
        stub.Dispose();
        other.Dispose();
        folder.Dispose();
    }
}
