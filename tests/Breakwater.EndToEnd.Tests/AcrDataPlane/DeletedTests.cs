using System.Text;
using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Audit;
using Breakwater.EndToEnd.Tests.Clients;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.AcrDataPlane;

/// <summary>What was deleted, listed and restored over HTTP, as az and the portal ask for it.</summary>
public sealed class DeletedTests : IAsyncLifetime
{
    private const string Repository = "team/app", Bin = "/acr/v1/_deleted/team%2Fapp";

    private readonly RandomContent _content = new(TestSettings.Seed + 16);
    private ManagedRegistry _registry = null!;

    private RegistryClient Client => _registry.Owner;

    public async ValueTask InitializeAsync()
    {
        _registry = await ManagedRegistry.StartAsync();
        await _registry.ManageAsync("PATCH", _registry.Id + ManagedRegistry.Version, new { properties = new { policies = new { softDeletePolicy = new { status = "enabled" } } } });
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task Deleted_ListedAndRestored_AsAzReadsIt()
    {
        var image = await PushAsync("v1");
        Assert.Equal(201, (await Client.PutManifestAsync(Repository, "v2", image)).Code);
        Assert.Equal(202, (await Client.DeleteAsync($"/acr/v1/{Repository}")).Code);

        Assert.Equal("""{"repositories":["team/app"]}""", (await GetAsync("/acr/v1/_deleted/_catalog")).ToJsonString());
        var manifest = Assert.Single((await GetAsync($"{Bin}/_manifests"))["manifests"]!.AsArray())!;
        Assert.Equal((image.Digest, 2), ((string?)manifest["digest"], manifest["tags"]!.AsArray().Count));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", (string)manifest["deletedAt"]!);
        Assert.True((long)manifest["imageSize"]! > image.Body.Length);
        var tags = (await GetAsync($"{Bin}/_tags"))["tags"]!.AsArray();
        Assert.Equal([("v1", image.Digest), ("v2", image.Digest)], tags.Select(tag => ((string?)tag!["tag"], (string?)tag["digest"])));
        Assert.Equal(404, (await Client.GetManifestAsync(Repository, image.Digest)).Code);

        var restored = await RestoreAsync(image.Digest, """{"tag":"v1"}""", "?force=False");
        Assert.Equal(200, restored.Code);
        Assert.Equal((image.Digest, "v1"), ((string?)Assert.Single(restored.Json!["manifestsRestored"]!.AsArray()), restored.Header("OCI-Tag")));
        Assert.Equal(image.Body, (await Client.GetManifestAsync(Repository, "v1")).Body);
        Assert.Equal(404, (await Client.GetManifestAsync(Repository, "v2")).Code);
        Assert.Equal("""{"repositories":[]}""", (await GetAsync("/acr/v1/_deleted/_catalog")).ToJsonString());
    }

    [Fact]
    public async Task Restore_TagInUse_IsAConflictWithoutForce()
    {
        var image = await PushAsync("v1");
        Assert.Equal(202, (await Client.DeleteAsync($"/v2/{Repository}/manifests/{image.Digest}")).Code);
        var other = await PushAsync("v1");
        var refused = await RestoreAsync(image.Digest, """{"tag":"v1"}""");
        Assert.Equal((409, "TAG_IN_USE"), (refused.Code, Assert.Single(refused.ErrorCodes)));
        Assert.Equal(200, (await RestoreAsync(image.Digest, """{"tag":"v1"}""", "?force=True")).Code);
        Assert.Equal(image.Body, (await Client.GetManifestAsync(Repository, "v1")).Body);
        Assert.Equal(200, (await Client.GetManifestAsync(Repository, other.Digest)).Code);
        // What the tag meant is in the bin, as with ACR.
        Assert.Equal(other.Digest, (string?)(await GetAsync($"{Bin}/_tags"))["tags"]![0]!["digest"]);
    }

    [Fact]
    public async Task Lists_Pages_AreFollowedToTheEnd()
    {
        var digests = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            digests.Add((await PushAsync("v1")).Digest);
            Assert.Equal(202, (await Client.DeleteAsync($"/v2/{Repository}/manifests/{digests[^1]}")).Code);
        }
        Assert.Equal(digests, await WalkAsync($"{Bin}/_tags?n=2", "tags", "digest"));
        Assert.Equal(digests.Order(StringComparer.Ordinal), await WalkAsync($"{Bin}/_manifests?n=2", "manifests", "digest"));
        foreach (var query in new[] { "?n=-1", "?orderby=timeasc", "?lastid=x" })
            Assert.Equal(400, (await Client.GetAsync($"{Bin}/_tags{query}")).Code);
    }

    [Fact]
    public async Task Requests_ThatCannotBeMeant_ChangeNothing()
    {
        var image = await PushAsync("v1");
        Assert.Equal(202, (await Client.DeleteAsync($"/v2/{Repository}/manifests/{image.Digest}")).Code);
        Assert.Equal(400, (await RestoreAsync(image.Digest, """{"tags":"v1"}""")).Code);
        Assert.Equal(400, (await RestoreAsync(image.Digest, "{}", "?force=yes")).Code);
        Assert.Equal(400, (await RestoreAsync("sha256:x", "{}")).Code);
        Assert.Equal(404, (await RestoreAsync($"sha256:{new string('0', 64)}", "{}")).Code);
        Assert.Equal(404, (await Client.GetAsync("/acr/v1/_deleted/none/_tags")).Code);
        Assert.Equal(405, (await Client.DeleteAsync($"{Bin}/_manifests/{image.Digest}")).Code);
        Assert.Single((await GetAsync($"{Bin}/_manifests"))["manifests"]!.AsArray());
        Assert.Equal(200, (await RestoreAsync(image.Digest, "")).Code);
    }

    [Fact]
    public async Task Restore_IsInTheAuditLog()
    {
        var image = await PushAsync("v1");
        Assert.Equal(202, (await Client.DeleteAsync($"/v2/{Repository}/manifests/{image.Digest}")).Code);
        Assert.Equal(200, (await RestoreAsync(image.Digest, """{"tag":"v1"}""")).Code);
        await Eventually.HoldsAsync(async () => (await RecordsAsync()).Count == 1, "the record is there");
        var record = Assert.Single(await RecordsAsync());
        Assert.Equal((Repository, image.Digest, "v1"), ((string?)record["Repository"], (string?)record["Digest"], (string?)record["Tag"]));

        Task<IReadOnlyList<JsonNode>> RecordsAsync() => Client.AuditAsync(_registry.Server, "operation=Restore");
    }

    private async Task<TestManifest> PushAsync(string tag)
    {
        var image = TestManifest.RandomImage(_content);
        Assert.Equal(201, (await Client.PushAsync(Repository, tag, image)).Code);
        return image;
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        var reply = await Client.GetAsync(path);
        Assert.Equal(200, reply.Code);
        return reply.Json!;
    }

    private Task<RegistryReply> RestoreAsync(string digest, string body, string query = "") =>
        Client.SendAsync(HttpMethod.Post, $"{Bin}/_manifests/{Uri.EscapeDataString(digest)}{query}", Encoding.UTF8.GetBytes(body), "application/json");

    private async Task<List<string>> WalkAsync(string path, string array, string key)
    {
        var found = new List<string>();
        for (string? next = path; next is not null;)
        {
            var reply = await Client.GetAsync(next);
            Assert.Equal(200, reply.Code);
            found.AddRange(reply.Json![array]!.AsArray().Select(item => (string)item![key]!));
            var link = reply.Header("Link");
            next = link?[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)];
        }
        return found;
    }
}
