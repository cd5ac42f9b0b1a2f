using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>docker with a daemon, over plain HTTP on localhost, as it takes a registry without further ado.</summary>
public sealed class DockerTests(RunningRegistry registry, DockerDaemon docker) : IClassFixture<DockerDaemon>, IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        await docker.StartAsync();
        await LoginAsync(ServerProcess.OwnerName, ServerProcess.OwnerPassword);
    }

    private Task<string> LoginAsync(string user, string password, string? authority = null) => docker.DockerAsync("login", "--username", user, "--password", password, authority ?? registry.Plain);

    private string Name(string repository) => $"{registry.Plain}/{repository}";

    /// <summary>An image of one layer, made from an archive; its id.</summary>
    private async Task<string> ImportAsync(string name, int sizeBytes = 100_000)
    {
        var content = new RandomContent(TestSettings.Seed + name.Length);
        var archive = folder[$"{Guid.NewGuid():N}.tar"];
        await File.WriteAllBytesAsync(archive, content.LayerTar("file", sizeBytes));
        return (await docker.DockerAsync("import", archive, name)).Trim();
    }

    [Fact]
    public async Task PushRemoveAndPull_Image_IsTheSame()
    {
        var id = await ImportAsync(Name("e2e/docker/round:v1"), 30 << 20);
        Assert.Contains("Pushed", await docker.DockerAsync("push", Name("e2e/docker/round:v1")), StringComparison.Ordinal);
        await docker.DockerAsync("rmi", "--force", id);
        await docker.DockerAsync("pull", Name("e2e/docker/round:v1"));
        Assert.Equal(id, (await docker.DockerAsync("image", "inspect", "--format", "{{.Id}}", Name("e2e/docker/round:v1"))).Trim());

        using var client = registry.CreateClient();
        var stored = await client.GetManifestAsync("e2e/docker/round", "v1");
        Assert.Equal(id, (string?)stored.Json!["config"]!["digest"]);
        var digest = await docker.DockerAsync("image", "inspect", "--format", "{{index .RepoDigests 0}}", id);
        Assert.Equal(Name($"e2e/docker/round@{stored.Header("Docker-Content-Digest")}"), digest.Trim());
        await docker.DockerAsync("pull", digest.Trim());
    }

    [Fact]
    public async Task Push_UnderASecondName_MountsTheLayers()
    {
        await ImportAsync(Name("e2e/docker/source:v1"));
        await docker.DockerAsync("push", Name("e2e/docker/source:v1"));
        await docker.DockerAsync("tag", Name("e2e/docker/source:v1"), Name("e2e/docker/target:v2"));
        Assert.Contains("Mounted from e2e/docker/source", await docker.DockerAsync("push", Name("e2e/docker/target:v2")), StringComparison.Ordinal);
        Assert.Contains("Layer already exists", await docker.DockerAsync("push", Name("e2e/docker/target:v2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushAndPull_AllTags_HasEach()
    {
        for (var i = 0; i < 3; i++)
            await ImportAsync(Name($"e2e/docker/tags:v{i}"), 1000 + i);
        await docker.DockerAsync("push", "--all-tags", Name("e2e/docker/tags"));
        await docker.DockerAsync("rmi", "--force", Name("e2e/docker/tags:v0"), Name("e2e/docker/tags:v1"), Name("e2e/docker/tags:v2"));
        await docker.DockerAsync("pull", "--all-tags", Name("e2e/docker/tags"));
        Assert.Equal(3, (await docker.DockerAsync("images", "--quiet", Name("e2e/docker/tags"))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Manifest_ListOfTwoPlatforms_IsMadeShownAndPulled()
    {
        foreach (var platform in new[] { "amd64", "arm64" })
        {
            await ImportAsync(Name($"e2e/docker/multi:{platform}"), platform.Length * 1000);
            await docker.DockerAsync("push", Name($"e2e/docker/multi:{platform}"));
        }
        var list = Name("e2e/docker/multi:all");
        await docker.DockerAsync("manifest", "create", "--insecure", list, Name("e2e/docker/multi:amd64"), Name("e2e/docker/multi:arm64"));
        await docker.DockerAsync("manifest", "annotate", "--arch", "arm64", "--variant", "v8", list, Name("e2e/docker/multi:arm64"));
        await docker.DockerAsync("manifest", "push", "--insecure", list);
        var shown = JsonNode.Parse(await docker.DockerAsync("manifest", "inspect", "--insecure", list))!["manifests"]!.AsArray();
        Assert.Equal(["amd64", "arm64"], shown.Select(entry => (string?)entry!["platform"]!["architecture"]).Order());
        await docker.DockerAsync("pull", "--platform", "linux/amd64", list);
    }

    [Fact]
    public async Task SignIn_WrongPasswordAndNone_AreRefusedWithAWordToThePoint()
    {
        await ImportAsync(Name("e2e/docker/closed:v1"), 500);
        await docker.DockerAsync("push", Name("e2e/docker/closed:v1"));
        var wrong = await docker.TryDockerAsync("login", "--username", ServerProcess.OwnerName, "--password", "wrong", registry.Plain);
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("unauthorized", wrong.AllOutput, StringComparison.OrdinalIgnoreCase);

        await docker.DockerAsync("logout", registry.Plain);
        var refused = await docker.TryDockerAsync("pull", Name("e2e/docker/closed:v1"));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("Sign in to use this registry", refused.AllOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ServicePrincipalScopedTokenAndAdmin_DoWhatTheyMay()
    {
        await using var managed = await ManagedRegistry.StartAsync();
        var authority = managed.Server.HttpAuthority;
        Assert.Equal(201, (await managed.Owner.PushAsync("team/app", "v1", TestManifest.RandomImage(new RandomContent(TestSettings.Seed)))).Code);

        var (id, app, secret) = await managed.CreateServiceAsync("ci");
        await managed.AssignAsync(id, "7f951dda-4ed3-4680-a7ca-43fe172d538d");
        await LoginAsync(app, secret, authority);
        await docker.DockerAsync("pull", $"{authority}/team/app:v1");
        await docker.DockerAsync("tag", $"{authority}/team/app:v1", $"{authority}/team/app:v2");
        // AcrPull.
        Assert.Contains("denied", (await docker.TryDockerAsync("push", $"{authority}/team/app:v2")).AllOutput, StringComparison.Ordinal);

        await managed.ManageAsync("PUT", $"{managed.Id}/tokens/build-ci{ManagedRegistry.Version}", new { properties = new { scopeMapId = $"{managed.Id}/scopeMaps/_repositories_push" } });
        var made = await managed.ManageAsync("POST", $"{managed.Id}/generateCredentials{ManagedRegistry.Version}", new { tokenId = $"{managed.Id}/tokens/build-ci", name = "password1" });
        await LoginAsync("build-ci", (string)made["passwords"]![0]!["value"]!, authority);
        await docker.DockerAsync("push", $"{authority}/team/app:v2");

        await managed.ManageAsync("PATCH", managed.Id + ManagedRegistry.Version, new { properties = new { adminUserEnabled = true } });
        var admin = await managed.ManageAsync("POST", $"{managed.Id}/listCredentials{ManagedRegistry.Version}", null);
        await LoginAsync((string)admin["username"]!, (string)admin["passwords"]![0]!["value"]!, authority);
        await docker.DockerAsync("pull", $"{authority}/team/app:v2");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
