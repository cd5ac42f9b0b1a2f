using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>buildah: build an image from nothing, push it, pull it into another storage.</summary>
public sealed class BuildahTests(RunningRegistry registry) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RandomContent content = new(TestSettings.Seed + 1);

    [Theory]
    [InlineData("oci", MediaType.OciManifest)]
    [InlineData("v2s2", MediaType.DockerManifest)]
    public async Task PushAndPull_ImageFromScratch_KeepsItsContent(string format, string mediaType)
    {
        Tool.RequireRoot();
        var name = $"e2e/buildah/{format}";
        var image = $"{registry.Tls}/{name}:v1";
        var file = content.Bytes(200_000);
        await File.WriteAllBytesAsync(folder["payload"], file);
        var builder = new ContainerTool(registry, "buildah", folder);
        await builder.LoginAsync();

        var container = (await builder.RunAsync("from", "scratch")).Trim();
        await builder.RunAsync("add", container, folder["payload"], "/payload");
        await builder.RunAsync("commit", "--format", format == "oci" ? "oci" : "docker", container, image);
        await builder.RunAsync("push", [.. builder.Access(), "--format", format, image]);

        using var client = registry.CreateClient();
        Assert.Equal(mediaType, (await client.HeadManifestAsync(name, "v1")).ContentType);
        await AssertPulledAsync(image, file);
    }

    private async Task AssertPulledAsync(string image, byte[] file)
    {
        using var elsewhere = new TemporaryFolder();
        var puller = new ContainerTool(registry, "buildah", elsewhere);
        await puller.LoginAsync();
        await puller.RunAsync("pull", [.. puller.Access(), image]);
        var container = (await puller.RunAsync("from", "--pull=never", image)).Trim();
        var mount = (await puller.RunAsync("mount", container)).Trim();
        Assert.Equal(file, await File.ReadAllBytesAsync(Path.Combine(mount, "payload")));
        await puller.RunAsync("umount", container);
    }

    public void Dispose() => folder.Dispose();
}
