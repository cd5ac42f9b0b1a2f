using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>containerd, as Kubernetes pulls: over TLS, by a registry's own host name, with the authority checked.</summary>
public sealed class ContainerdTests(RunningRegistry registry, DockerDaemon docker) : IClassFixture<DockerDaemon>, IAsyncLifetime
{
    private readonly RandomContent content = new(TestSettings.Seed + 11);

    // What is called localhost containerd takes for plain HTTP.
    private string Name(string repository) => $"local.localhost:{registry.Server.HttpsPort}/{repository}";

    private string[] Access => ["--tlscacert", Path.Combine(registry.CertificateFolder, "ca.crt"), "--user", $"{ServerProcess.OwnerName}:{ServerProcess.OwnerPassword}"];

    public async ValueTask InitializeAsync()
    {
        await Tool.RequireHostAsync("local.localhost");
        await docker.StartAsync();
    }

    [Fact]
    public async Task PullTagAndPush_Image_IsTheSameManifest()
    {
        using var client = registry.CreateClient();
        var image = TestManifest.RandomImage(content, layers: 3, layerSizeBytes: 400_000);
        Assert.Equal(201, (await client.PushAsync("e2e/containerd/source", "v1", image)).Code);

        await docker.ContainerdAsync(["images", "pull", .. Access, "--snapshotter", "native", Name("e2e/containerd/source:v1")]);
        await docker.ContainerdAsync("images", "tag", Name("e2e/containerd/source:v1"), Name("e2e/containerd/target:v2"));
        await docker.ContainerdAsync(["images", "push", .. Access, Name("e2e/containerd/target:v2")]);
        Assert.Equal(image.Body, (await client.GetManifestAsync("e2e/containerd/target", "v2")).Body);
        await docker.ContainerdAsync(["images", "pull", .. Access, "--snapshotter", "native", Name($"e2e/containerd/target@{image.Digest}")]);
    }

    [Fact]
    public async Task Pull_UnknownAuthorityOrNobody_IsRefused()
    {
        using var client = registry.CreateClient();
        Assert.Equal(201, (await client.PushAsync("e2e/containerd/closed", "v1", TestManifest.RandomImage(content))).Code);
        var stranger = await docker.TryContainerdAsync("images", "pull", Name("e2e/containerd/closed:v1"));
        Assert.Contains("unknown authority", stranger.AllOutput, StringComparison.Ordinal);
        var nobody = await docker.TryContainerdAsync(["images", "pull", .. Access[..2], Name("e2e/containerd/closed:v1")]);
        Assert.True(nobody.ExitCode != 0 && nobody.AllOutput.Contains("401", StringComparison.Ordinal), nobody.AllOutput);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
