using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.AcrDataPlane;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.Audit;

/// <summary>The records of content, with ACR's columns.</summary>
public sealed class ContentAuditTests(RunningRegistry registry) : AcrTest(registry)
{
    private readonly RunningRegistry _registry = registry;

    /// <summary>An answer may reach the client a moment before its record reaches the queue, so it is looked for until no more comes.</summary>
    private async Task<IReadOnlyList<JsonNode>> FindAsync(string operation)
    {
        var count = 0;
        while (true)
        {
            var found = await Client.AuditAsync(_registry.Server, $"repository={Repository}&operation={operation}");
            if (found.Count > 0 && found.Count == count)
                return found;
            count = found.Count;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }
    }

    private static string?[] Column(IEnumerable<JsonNode> records, string name) => [.. records.Select(record => record[name]?.ToString())];

    [Fact]
    public async Task Push_Image_IsARecordPerBlobAndOneOfTheManifest()
    {
        var image = await PushImageAsync("v1");
        var pushes = await FindAsync("Push");
        Assert.Equal([.. image.Blobs.Select(blob => blob.Digest), image.Digest], Column(pushes, "Digest"));
        Assert.Equal([.. image.Blobs.Select(blob => $"{blob.SizeBytes}"), $"{image.Body.Length}"], Column(pushes, "Size"));
        Assert.Equal(("v1", image.MediaType, "201", "owner"), ((string?)pushes[^1]["Tag"], (string?)pushes[^1]["MediaType"], (string?)pushes[^1]["ResultType"], (string?)pushes[^1]["Identity"]));
        Assert.StartsWith("application/", (string?)pushes[^1]["ArtifactType"], StringComparison.Ordinal);
        Assert.All(pushes, push => Assert.Equal("ContainerRegistryRepositoryEvents", (string?)push["Category"]));
    }

    [Fact]
    public async Task Push_InChunks_IsOneRecordWithTheWholeSize()
    {
        var blob = Content.Blob(5000);
        await ExpectAsync(201, Client.PushBlobChunkedAsync(Repository, blob, 2000), "push");
        Assert.Equal(["5000"], Column(await FindAsync("Push"), "Size"));
    }

    [Fact]
    public async Task Push_Refused_IsARecordWithTheReason()
    {
        await ExpectAsync(400, Client.PutManifestAsync(Repository, "v1", TestManifest.RandomImage(Content)), "push");
        var push = Assert.Single(await FindAsync("Push"));
        Assert.Equal(("400", "MANIFEST_BLOB_UNKNOWN"), ((string?)push["ResultType"], (string?)push["ResultDescription"]));
    }

    [Fact]
    public async Task Pull_Image_IsARecordOfEachPart()
    {
        var image = await PushImageAsync("v1");
        await ExpectAsync(200, Client.GetManifestAsync(Repository, "v1"), "manifest");
        await ExpectAsync(200, Client.GetBlobAsync(Repository, image.Blobs[1].Digest), "blob");
        await ExpectAsync(200, Client.HeadBlobAsync(Repository, image.Blobs[1].Digest), "head");
        await ExpectAsync(404, Client.GetManifestAsync(Repository, "none"), "absent");
        var pulls = await FindAsync("Pull");
        Assert.Equal([image.Digest, image.Blobs[1].Digest], Column(pulls, "Digest"));
        Assert.Equal([$"{image.Body.Length}", $"{image.Blobs[1].SizeBytes}"], Column(pulls, "Size"));
        Assert.Equal(["v1", null], Column(pulls, "Tag"));
    }

    [Fact]
    public async Task Untag_BothWays_AreRecords()
    {
        await PushImageAsync("v1");
        await PushImageAsync("v2");
        await ExpectAsync(202, Client.DeleteManifestAsync(Repository, "v1"), "untag");
        await ExpectAsync(202, Client.DeleteAsync(TagAt("v2")), "untag");
        Assert.Equal(["v1", "v2"], Column(await FindAsync("Untag"), "Tag"));
    }

    [Fact]
    public async Task Delete_ManifestAndRepository_AreRecords()
    {
        var image = await PushImageAsync("v1");
        await ExpectAsync(202, Client.DeleteManifestAsync(Repository, image.Digest), "delete");
        await ExpectAsync(202, Client.DeleteAsync(At), "delete");
        Assert.Equal([image.Digest, null], Column(await FindAsync("Delete"), "Digest"));
    }

    [Fact]
    public async Task Lock_Set_IsARecord()
    {
        await PushImageAsync("v1");
        await SetAsync(TagAt("v1"), "deleteEnabled", false);
        Assert.Equal(["v1"], Column(await FindAsync("Update"), "Tag"));
    }
}
