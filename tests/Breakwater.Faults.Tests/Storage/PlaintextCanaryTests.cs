using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.Faults.Tests.Storage;

/// <summary>Content is on the disk only encrypted: a marker that was pushed is found nowhere in the data directory.</summary>
public sealed class PlaintextCanaryTests : FaultTest
{
    private const string Repository = "faults/canary";

    [Fact]
    public async Task DataDirectory_AfterPushes_HoldsNoPlaintext()
    {
        var marker = Encoding.ASCII.GetBytes($"canary-{Guid.NewGuid():N}-canary");
        var layer = TestBlob.Of([.. Enumerable.Repeat(marker, 5_000).SelectMany(text => text)]);
        var manifest = WithAnnotation(layer, Encoding.ASCII.GetString(marker));
        await using var server = await ServerProcess.StartAsync(Options);
        using var client = server.CreateClient();
        Assert.Equal(201, (await client.PushAsync(Repository, "v1", manifest)).Code);
        var unfinished = await client.StartUploadAsync(Repository);
        await client.PatchAsync(unfinished.Location!, layer.Content, first: 0);

        AssertAbsent(marker);
        Assert.Equal(0, await server.TerminateAsync());
        AssertAbsent(marker);
        // The search itself finds what is there.
        File.WriteAllBytes(Path.Combine(DataDirectory, "probe"), [0, .. marker, 0]);
        Assert.NotEmpty(FilesWith(marker));
    }

    private static TestManifest WithAnnotation(TestBlob layer, string marker)
    {
        var image = TestManifest.Image(TestManifest.ImageConfig([layer.Digest], salt: 1), [layer]);
        var json = JsonNode.Parse(image.Body)!.AsObject();
        json["annotations"] = new JsonObject { ["org.example.canary"] = marker };
        return TestManifest.FromJson(json, MediaType.OciManifest, image.Blobs);
    }

    private void AssertAbsent(byte[] marker) => Assert.Empty(FilesWith(marker));

    private List<string> FilesWith(byte[] marker) =>
        [.. Directory.EnumerateFiles(DataDirectory, "*", SearchOption.AllDirectories).Where(file => Read(file).AsSpan().IndexOf(marker) >= 0)];

    private static byte[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (IOException)
        {
            // A socket or a locked file; neither holds content.
            return [];
        }
    }
}
