using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>podman: sign in, pull, tag, push. No container is run, so that it works in a container too.</summary>
public sealed class PodmanTests(RunningRegistry registry) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RandomContent content = new(TestSettings.Seed + 2);

    [Fact]
    public async Task PullTagAndPush_Image_KeepsConfigAndLayers()
    {
        Tool.RequireRoot();
        using var client = registry.CreateClient();
        var image = TestManifest.RandomImage(content, layers: 2, layerSizeBytes: 20_000);
        Assert.Equal(201, (await client.PushAsync("e2e/podman/source", "v1", image)).Code);
        var podman = new ContainerTool(registry, "podman", folder);
        await podman.LoginAsync();

        await podman.RunAsync("pull", [.. podman.Access(), $"{registry.Tls}/e2e/podman/source:v1"]);
        var digest = await podman.RunAsync("image", "inspect", "--format", "{{.Digest}}", $"{registry.Tls}/e2e/podman/source:v1");
        await podman.RunAsync("tag", $"{registry.Tls}/e2e/podman/source:v1", $"{registry.Tls}/e2e/podman/target:v2");
        await podman.RunAsync("push", [.. podman.Access(), $"{registry.Tls}/e2e/podman/target:v2"]);

        Assert.Equal(image.Digest, digest.Trim());
        // podman packs the layers anew, so the manifest may differ; the config, which names their contents, may not.
        var pushed = await client.GetManifestAsync("e2e/podman/target", "v2");
        Assert.Equal(image.Blobs[0].Digest, (string?)pushed.Json!["config"]!["digest"]);
        var config = await client.GetBlobAsync("e2e/podman/target", image.Blobs[0].Digest);
        Assert.Equal(image.Blobs[0].Content, config.Body);
    }

    [Fact]
    public async Task Login_WrongPassword_IsRefused()
    {
        Tool.RequireRoot();
        var podman = new ContainerTool(registry, "podman", folder);

        var result = await podman.TryRunAsync("login", [.. podman.Access(), "--username", ServerProcess.OwnerName, "--password", "wrong", registry.Tls]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("username/password", result.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Pull_WithoutSigningIn_IsRefused()
    {
        Tool.RequireRoot();
        var podman = new ContainerTool(registry, "podman", folder);

        var result = await podman.TryRunAsync("pull", [.. podman.Access(), $"{registry.Tls}/e2e/podman/private:v1"]);

        Assert.NotEqual(0, result.ExitCode);
    }

    public void Dispose() => folder.Dispose();
}
