using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>skopeo over TLS with the server's own authority.</summary>
public sealed class SkopeoTests(RunningRegistry registry) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RandomContent content = new(TestSettings.Seed);

    [Fact]
    public async Task Copy_MultiPlatformIndex_ComesBackBitForBit()
    {
        var skopeo = await SignedInAsync();
        var images = new[] { "amd64", "arm64" }.Select(ImageFor).ToList();
        var index = IndexOf(images, ["amd64", "arm64"]);
        OciLayout.Write(folder.Create("pushed"), index, "v1", images);

        await skopeo.PushAsync($"oci:{folder["pushed"]}:v1", "e2e/skopeo/index:v1");
        await skopeo.PullAsync("e2e/skopeo/index:v1", $"oci:{folder["pulled"]}:v1");

        Assert.Equal(OciLayout.ReadBlobs(folder["pushed"]), OciLayout.ReadBlobs(folder["pulled"]));
        var raw = await skopeo.RunAsync(["inspect", "--raw", .. skopeo.Access(), skopeo.Remote("e2e/skopeo/index:v1")]);
        Assert.Equal(index.Digest, TestBlob.Sha256(System.Text.Encoding.UTF8.GetBytes(raw)));
    }

    [Theory]
    [InlineData("oci", MediaType.OciManifest)]
    [InlineData("v2s2", MediaType.DockerManifest)]
    public async Task Copy_Format_IsStoredAndServedAsSuch(string format, string mediaType)
    {
        var skopeo = await SignedInAsync();
        var name = $"e2e/skopeo/format-{format}";
        OciLayout.Write(folder.Create("pushed"), TestManifest.RandomImage(content), "v1", []);

        await skopeo.RunAsync(
            "copy", "--format", format, "--authfile", skopeo.AuthFile, "--dest-cert-dir", registry.CertificateFolder,
            $"oci:{folder["pushed"]}:v1", skopeo.Remote(name + ":v1"));
        await skopeo.RunAsync(
            "copy", "--authfile", skopeo.AuthFile, "--src-cert-dir", registry.CertificateFolder,
            skopeo.Remote(name + ":v1"), $"dir:{folder["pulled"]}");

        using var client = registry.CreateClient();
        var stored = await client.GetManifestAsync(name, "v1");
        Assert.Equal(mediaType, stored.ContentType);
        Assert.Equal(stored.Body, await File.ReadAllBytesAsync(Path.Combine(folder["pulled"], "manifest.json")));
    }

    [Fact]
    public async Task Copy_BigLayer_ComesBackBitForBit()
    {
        var skopeo = await SignedInAsync();
        await RoundTripAsync(skopeo, "e2e/skopeo/big", PlainImage(layers: 1, layerSizeBytes: 64 << 20));
    }

    [Fact]
    public async Task Copy_ManySmallLayers_ComesBackBitForBit()
    {
        var skopeo = await SignedInAsync();
        await RoundTripAsync(skopeo, "e2e/skopeo/many", PlainImage(layers: 30, layerSizeBytes: 3000));
    }

    [Fact]
    public async Task Copy_BetweenRepositories_MountsWhatIsThere()
    {
        var skopeo = await SignedInAsync();
        var image = TestManifest.RandomImage(content, layers: 3);
        OciLayout.Write(folder.Create("pushed"), image, "v1", []);
        await skopeo.PushAsync($"oci:{folder["pushed"]}:v1", "e2e/skopeo/source:v1");

        await skopeo.RunAsync(
            "copy", "--preserve-digests", "--authfile", skopeo.AuthFile, "--src-cert-dir", registry.CertificateFolder,
            "--dest-cert-dir", registry.CertificateFolder, skopeo.Remote("e2e/skopeo/source:v1"), skopeo.Remote("e2e/skopeo/target:v2"));

        using var client = registry.CreateClient();
        Assert.Equal(image.Body, (await client.GetManifestAsync("e2e/skopeo/target", "v2")).Body);
    }

    [Fact]
    public async Task Delete_Image_IsGoneAfterwards()
    {
        var skopeo = await SignedInAsync();
        OciLayout.Write(folder.Create("pushed"), TestManifest.RandomImage(content), "v1", []);
        await skopeo.PushAsync($"oci:{folder["pushed"]}:v1", "e2e/skopeo/deleted:v1");

        await skopeo.RunAsync(["delete", .. skopeo.Access(), skopeo.Remote("e2e/skopeo/deleted:v1")]);

        var inspect = await skopeo.TryRunAsync(["inspect", "--raw", .. skopeo.Access(), skopeo.Remote("e2e/skopeo/deleted:v1")]);
        Assert.NotEqual(0, inspect.ExitCode);
        Assert.Contains("manifest unknown", inspect.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ListTags_AfterPushes_NamesThem()
    {
        var skopeo = await SignedInAsync();
        OciLayout.Write(folder.Create("pushed"), TestManifest.RandomImage(content), "v1", []);
        foreach (var tag in new[] { "b", "a", "c" })
            await skopeo.PushAsync($"oci:{folder["pushed"]}:v1", $"e2e/skopeo/tags:{tag}");

        var listed = await skopeo.RunAsync(["list-tags", .. skopeo.Access(), skopeo.Remote("e2e/skopeo/tags")]);

        Assert.Equal(["a", "b", "c"], JsonNode.Parse(listed)!["Tags"]!.AsArray().Select(tag => (string)tag!));
    }

    [Fact]
    public async Task Login_WrongPassword_IsRefused()
    {
        var skopeo = new Skopeo(registry, folder);

        var result = await skopeo.TryRunAsync(
            "login", "--authfile", skopeo.AuthFile, "--cert-dir", registry.CertificateFolder, "-u", ServerProcess.OwnerName, "-p", "wrong", registry.Tls);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("username/password", result.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Inspect_WithoutCredentials_IsRefused()
    {
        var skopeo = await SignedInAsync();
        OciLayout.Write(folder.Create("pushed"), TestManifest.RandomImage(content), "v1", []);
        await skopeo.PushAsync($"oci:{folder["pushed"]}:v1", "e2e/skopeo/private:v1");

        var result = await skopeo.TryRunAsync(
            "inspect", "--raw", "--authfile", folder["none.json"], "--no-creds", "--cert-dir", registry.CertificateFolder, skopeo.Remote("e2e/skopeo/private:v1"));

        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task Tls_AuthorityByEnvironment_IsTrusted()
    {
        var skopeo = await SignedInAsync();
        var environment = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = registry.Server.CertificateFile };
        OciLayout.Write(folder.Create("pushed"), TestManifest.RandomImage(content), "v1", []);

        var result = await skopeo.TryRunAsync(
            environment, "copy", "--authfile", skopeo.AuthFile, $"oci:{folder["pushed"]}:v1", skopeo.Remote("e2e/skopeo/environment:v1"));

        Assert.True(result.ExitCode == 0, result.AllOutput);
    }

    [Fact]
    public async Task Tls_AuthorityUnknown_IsRefusedByTheClient()
    {
        var skopeo = await SignedInAsync();

        var result = await skopeo.TryRunAsync(
            "inspect", "--raw", "--authfile", skopeo.AuthFile, "--cert-dir", folder.Create("no-certificates"), skopeo.Remote("e2e/skopeo/any:v1"));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("x509", result.AllOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_OverPlainHttpOnLoopback_Works()
    {
        var skopeo = new Skopeo(registry, folder);
        OciLayout.Write(folder.Create("pushed"), TestManifest.RandomImage(content), "v1", []);

        await skopeo.RunAsync(
            "copy", "--dest-tls-verify=false", "--dest-creds", $"{ServerProcess.OwnerName}:{ServerProcess.OwnerPassword}",
            $"oci:{folder["pushed"]}:v1", $"docker://{registry.Plain}/e2e/skopeo/plain:v1");

        using var client = registry.CreateClient();
        Assert.Equal(200, (await client.HeadManifestAsync("e2e/skopeo/plain", "v1")).Code);
    }

    private async Task<Skopeo> SignedInAsync()
    {
        var skopeo = new Skopeo(registry, folder);
        await skopeo.LoginAsync();
        return skopeo;
    }

    private async Task RoundTripAsync(Skopeo skopeo, string name, TestManifest image)
    {
        OciLayout.Write(folder.Create("pushed"), image, "v1", []);
        await skopeo.PushAsync($"oci:{folder["pushed"]}:v1", name + ":v1");
        await skopeo.PullAsync(name + ":v1", $"oci:{folder["pulled"]}:v1");
        Assert.Equal(OciLayout.ReadBlobs(folder["pushed"]), OciLayout.ReadBlobs(folder["pulled"]));
    }

    // Layers that are not compressed: random content would not shrink, and compressing it would take longer than the transfer.
    private TestManifest PlainImage(int layers, int layerSizeBytes)
    {
        var tars = Enumerable.Range(0, layers).Select(number => TestBlob.Of(content.LayerTar($"file-{number}", layerSizeBytes))).ToList();
        var json = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType.OciManifest,
            ["config"] = null,
            ["layers"] = new JsonArray([.. tars.Select(tar => TestManifest.Describe(MediaType.OciLayer, tar.Digest, tar.SizeBytes))]),
        };
        var config = TestManifest.ImageConfig(tars.Select(tar => tar.Digest), content.Random.Next());
        json["config"] = TestManifest.Describe(MediaType.OciConfig, config.Digest, config.SizeBytes);
        return TestManifest.FromJson(json, MediaType.OciManifest, [config, .. tars]);
    }

    private TestManifest ImageFor(string architecture)
    {
        var tar = content.LayerTar("file", 5000);
        return TestManifest.Image(
            TestManifest.ImageConfig([TestBlob.Sha256(tar)], content.Random.Next(), architecture), [TestBlob.Of(RandomContent.Gzip(tar))]);
    }

    private static TestManifest IndexOf(List<TestManifest> images, string[] architectures)
    {
        var json = JsonNode.Parse(TestManifest.Index(images).Body)!.AsObject();
        foreach (var (entry, architecture) in json["manifests"]!.AsArray().Zip(architectures))
            entry!["platform"] = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" };
        return TestManifest.FromJson(json, MediaType.OciIndex, []);
    }

    public void Dispose() => folder.Dispose();
}
