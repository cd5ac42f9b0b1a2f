using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>Imports between registries of one installation: what is asked, by whom, and what stands in the way.</summary>
public sealed class ImportTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01", Index = "application/vnd.oci.image.index.v1+json";

    private static int _number;

    private static string Fresh(string name) => $"{name}{Interlocked.Increment(ref _number)}";

    private async Task<(HttpStatusCode Status, JsonNode? Body)> CallAsync(string method, string path, Sent? sent, AuthenticationHeaderValue? by = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = sent?.Content() };
        request.Headers.Authorization = by ?? MatrixTargets.Maker;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 || text[0] != '{' ? null : JsonNode.Parse(text));
    }

    private async Task<JsonNode?> ImportAsync(HttpStatusCode expected, object body, AuthenticationHeaderValue? by = null, string? registry = null)
    {
        var path = $"{registry ?? host.Standing.Registry}/importImage{Version}";
        var (status, answer) = await CallAsync("POST", path, new Sent(path, body), by);
        Assert.True(expected == status, $"{(int)status} {answer}");
        return answer;
    }

    private object Order(string target, string mode = "NoForce", string? image = null, string? registry = null) =>
        new { source = new { resourceId = registry ?? host.Standing.Registry, sourceImage = image ?? $"{host.Standing.Repository}:{host.Standing.Tag}" }, targetTags = new[] { target }, mode };

    private async Task<string?> DigestAsync(string repository, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/v2/{repository}/manifests/{reference}");
        request.Headers.Authorization = MatrixTargets.Maker;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.Headers.TryGetValues("Docker-Content-Digest", out var values) ? values.Single() : null;
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"source":{"sourceImage":"a:v1"},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example","resourceId":"/subscriptions/x","sourceImage":"a:v1"},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"https://r.example","sourceImage":"a:v1"},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"name:secret@r.example","sourceImage":"a:v1"},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example/path","sourceImage":"a:v1"},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"r.example/A:v1"},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"a@v1"},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"a:v1"}}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"a:v1"},"targetTags":["b@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"a:v1"},"targetTags":["b:v1"],"mode":"Perhaps"}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"a:v1"},"untaggedTargetRepositories":["B"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"a:v1","credentials":{"username":"x"}},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"resourceId":"/subscriptions/x","sourceImage":"a:v1","credentials":{"password":"x"}},"targetTags":["b:v1"]}""")]
    [InlineData("""{"source":{"registryUri":"r.example","sourceImage":"a:v1"},"targetTags":["b:v1"],"surprise":1}""")]
    public async Task Import_BadBody_IsRefused(string body)
    {
        var error = await ImportAsync(HttpStatusCode.BadRequest, JsonNode.Parse(body)!);
        Assert.Equal("InvalidRequestContent", (string?)error!["error"]!["code"]);
    }

    [Fact]
    public async Task Import_WithinARegistry_TagsAndUntaggedRepositories()
    {
        var (tagged, untagged) = (Fresh("tagged"), Fresh("untagged"));
        var digest = await DigestAsync(host.Standing.Repository, host.Standing.Tag);
        await ImportAsync(HttpStatusCode.OK, new
        {
            source = new { registryUri = host.Client.BaseAddress!.Authority, sourceImage = $"{host.Standing.Repository}@{digest}" },
            targetTags = new[] { $"{tagged}:a", $"{tagged}:b", tagged },
            untaggedTargetRepositories = new[] { untagged },
        });

        foreach (var tag in new[] { "a", "b", "latest" })
            Assert.Equal(digest, await DigestAsync(tagged, tag));
        Assert.Equal(digest, await DigestAsync(untagged, digest!));
        Assert.Null(await DigestAsync(untagged, "latest"));
    }

    [Fact]
    public async Task Import_CredentialsForAnOwnRegistry_AreRefused()
    {
        var error = await ImportAsync(HttpStatusCode.BadRequest, new
        {
            source = new { registryUri = host.Client.BaseAddress!.Authority, sourceImage = "a:v1", credentials = new { username = "x", password = "y" } },
            targetTags = new[] { "b:v1" },
        });
        Assert.Contains("leave source.credentials out", (string?)error!["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BySomebodyWhoMayNotPullTheSource_IsAsIfThereWereNone()
    {
        // In this mode Contributor manages and reads no content.
        await host.SetModeAsync(abac: true);
        try
        {
            var (user, credentials) = await host.Make.UserWithPasswordAsync();
            await host.Make.AssignAsync(host.Standing, 'r', user, "Contributor");
            var closed = await ImportAsync(HttpStatusCode.NotFound, Order(Fresh("closed") + ":v1"), credentials);
            var missing = await ImportAsync(HttpStatusCode.NotFound, Order(Fresh("closed") + ":v1", image: "not/there:v1"), credentials);
            var elsewhere = await ImportAsync(HttpStatusCode.NotFound, Order(Fresh("closed") + ":v1", registry: host.Standing.Registry + "none"), credentials);
            Assert.Equal(closed!.ToJsonString(), missing!.ToJsonString());
            Assert.Equal(closed.ToJsonString(), elsewhere!.ToJsonString());

            await host.Make.AssignAsync(host.Standing, 'r', user, "Container Registry Repository Reader");
            var target = Fresh("open");
            await ImportAsync(HttpStatusCode.OK, Order($"{target}:v1"), credentials);
            // What importing implies is the import alone: no push, and nothing beyond it.
            Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync("PUT", $"/v2/{target}/manifests/v2", new Sent("", Bytes: MatrixTargets.Manifest(), Type: Index), credentials)).Status);
        }
        finally
        {
            await host.SetModeAsync(abac: false);
        }
    }

    [Fact]
    public async Task Import_ExistingTag_IsAConflictUnlessForced()
    {
        var target = Fresh("kept");
        await ImportAsync(HttpStatusCode.OK, Order($"{target}:v1"));
        var other = (await host.Make.ManifestAsync(host.Standing)).Tag;

        var refused = await ImportAsync(HttpStatusCode.Conflict, Order($"{target}:v1", image: $"{host.Standing.Repository}:{other}"));
        Assert.Equal("Conflict", (string?)refused!["error"]!["code"]);
        Assert.Contains($"Tag {target}:v1 already exists in target registry.", (string?)refused["error"]!["message"], StringComparison.Ordinal);
        await ImportAsync(HttpStatusCode.OK, Order($"{target}:v1", "Force", $"{host.Standing.Repository}:{other}"));
        Assert.Equal(await DigestAsync(host.Standing.Repository, other), await DigestAsync(target, "v1"));
    }

    /// <summary>ACR moves a locked tag by force; nothing here does.</summary>
    [Fact]
    public async Task Import_ForcedOntoALockedTag_LeavesIt()
    {
        var target = Fresh("locked");
        await ImportAsync(HttpStatusCode.OK, Order($"{target}:v1"));
        var (before, other) = (await DigestAsync(target, "v1"), (await host.Make.ManifestAsync(host.Standing)).Tag);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync("PATCH", $"/acr/v1/{target}/_tags/v1", new Sent("", new { writeEnabled = false }))).Status);

        var refused = await ImportAsync(HttpStatusCode.Conflict, Order($"{target}:v1", "Force", $"{host.Standing.Repository}:{other}"));
        Assert.Contains("tag v1", (string?)refused!["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal(before, await DigestAsync(target, "v1"));
    }

    [Fact]
    public async Task Import_ForcedOntoAWriteOnceTag_LeavesIt()
    {
        var target = Fresh("once");
        await ImportAsync(HttpStatusCode.OK, Order($"{target}:v1"));
        var (before, other) = (await DigestAsync(target, "v1"), (await host.Make.ManifestAsync(host.Standing)).Tag);
        await host.ChangeRegistryAsync(new { policies = new { tagImmutabilityPolicy = new { rules = new[] { new { repositoryPattern = target, tagPattern = "v*" } } } } });

        var refused = await ImportAsync(HttpStatusCode.Conflict, Order($"{target}:v1", "Force", $"{host.Standing.Repository}:{other}"));
        await host.ChangeRegistryAsync(new { policies = new { tagImmutabilityPolicy = new { rules = Array.Empty<object>() } } });

        Assert.Contains("write-once", (string?)refused!["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal(before, await DigestAsync(target, "v1"));
    }

    /// <summary>Importing implies pushing, and not signing.</summary>
    [Fact]
    public async Task Import_OfWhatIsASignatureByItsTag_NeedsTheRightToSign()
    {
        var target = Fresh("signed");
        var tag = $"{(await DigestAsync(host.Standing.Repository, host.Standing.Tag))!.Replace(':', '-')}.sig";
        await host.ChangeRegistryAsync(new { policies = new { signingPolicy = new { status = "enabled" } } });
        var refused = await ImportAsync(HttpStatusCode.Forbidden, Order($"{target}:{tag}"));
        await host.ChangeRegistryAsync(new { policies = new { signingPolicy = new { status = "disabled" } } });

        Assert.Equal("AuthorizationFailed", (string?)refused!["error"]!["code"]);
        Assert.Null(await DigestAsync(target, tag));
        await ImportAsync(HttpStatusCode.OK, Order($"{target}:{tag}"));
    }

    [Fact]
    public async Task Import_BetweenRegistries_CopiesContent()
    {
        var name = Fresh("second");
        var second = host.Standing.Registry[..host.Standing.Registry.LastIndexOf('/')] + "/" + name;
        Assert.Equal(HttpStatusCode.Created, (await CallAsync("PUT", second + Version, new Sent("", new { location = "local", sku = new { name = "Standard" } }))).Status);
        var t = await host.Make.BlobAsync(await host.Make.RepositoryAsync(host.Standing));
        var body = System.Text.Encoding.UTF8.GetBytes($$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{{t.Blob}}}","size":16},"layers":[]}""");
        Assert.Equal(HttpStatusCode.Created, (await CallAsync("PUT", $"/v2/{t.Repository}/manifests/whole", new Sent("", Bytes: body, Type: "application/vnd.oci.image.manifest.v1+json"))).Status);

        await ImportAsync(HttpStatusCode.OK, Order("copied:v1", image: $"{t.Repository}:whole"), registry: second);
        // And back, named by its host, by content that only the other registry could have given.
        var back = Fresh("back");
        await ImportAsync(HttpStatusCode.OK, new { source = new { registryUri = $"{name}.localhost:{host.Client.BaseAddress!.Port}", sourceImage = "copied:v1" }, targetTags = new[] { $"{back}:v1" } });
        Assert.Equal(await DigestAsync(t.Repository, "whole"), await DigestAsync(back, "v1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/{back}/blobs/{t.Blob}");
        request.Headers.Authorization = MatrixTargets.Maker;
        using var blob = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(16, (await blob.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Import_SizeOtherThanTheManifestSays_IsRefused()
    {
        var t = await host.Make.BlobAsync(await host.Make.RepositoryAsync(host.Standing));
        var name = Fresh("sized");
        var second = host.Standing.Registry[..host.Standing.Registry.LastIndexOf('/')] + "/" + name;
        Assert.Equal(HttpStatusCode.Created, (await CallAsync("PUT", second + Version, new Sent("", new { location = "local", sku = new { name = "Standard" } }))).Status);
        var body = System.Text.Encoding.UTF8.GetBytes($$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{{t.Blob}}}","size":7},"layers":[]}""");
        Assert.Equal(HttpStatusCode.Created, (await CallAsync("PUT", $"/v2/{t.Repository}/manifests/short", new Sent("", Bytes: body, Type: "application/vnd.oci.image.manifest.v1+json"))).Status);

        var refused = await ImportAsync(HttpStatusCode.BadRequest, Order("copied:v1", image: $"{t.Repository}:short"), registry: second);
        Assert.Equal("ImportSourceInvalid", (string?)refused!["error"]!["code"]);
    }
}
