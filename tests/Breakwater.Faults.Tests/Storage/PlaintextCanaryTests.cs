using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

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

    [Fact]
    public async Task Files_AfterSecretsOfEveryKind_HoldNone()
    {
        var marker = $"canary-{Guid.NewGuid():N}-canary";
        var (bytes, temporary) = (Encoding.ASCII.GetBytes(marker), Folder.Create("temporary"));
        var layer = TestBlob.Of([.. Enumerable.Repeat(bytes, 5_000).SelectMany(text => text)]);
        var config = TestBlob.Of(Encoding.ASCII.GetBytes($$"""{"config":{"Env":["SECRET={{marker}}"] } }"""));
        var server = await ServerProcess.StartAsync(Options with { Arguments = ["--log-level", "trace", .. WebhookReceiver.Flags], Environment = new Dictionary<string, string> { ["TMPDIR"] = temporary } });
        await using var running = server;
        using (var receiver = new WebhookReceiver { Answer = () => 500 })
        using (var client = server.CreateClient())
        {
            Assert.Equal(201, (await client.PutWebhookAsync(server, "hooks", new { serviceUri = receiver.Address, actions = new[] { "push" }, customHeaders = new Dictionary<string, string> { ["X-Secret"] = marker } })).Code);
            Assert.Equal(201, (await client.PushBlobAsync(Repository, config)).Code);
            Assert.Equal(201, (await client.PushAsync(Repository, "v1", WithAnnotation(layer, marker))).Code);
            var user = new { userPrincipalName = "canary", displayName = "canary", accountEnabled = true, mailNickname = "canary", passwordProfile = new { password = marker, forceChangePasswordNextSignIn = false } };
            Assert.Equal(201, (await client.SendAsync(HttpMethod.Post, "/graph/v1.0/users", JsonSerializer.SerializeToUtf8Bytes(user), "application/json")).Code);
            using var canary = new RegistryClient(client.Address, "canary", marker);
            Assert.Equal(200, (await canary.GetAsync("/v2/")).Code);
            using var wrong = new RegistryClient(client.Address, "nobody", marker);
            Assert.Equal(401, (await wrong.GetAsync("/v2/")).Code);
            await Eventually.HoldsAsync(() => Task.FromResult(receiver.Received.Count > 0), "the webhook was tried");
            Assert.Equal(marker, receiver.Received[0].Headers["X-Secret"]);
        }
        foreach (var form in new[] { bytes, Encoding.Unicode.GetBytes(marker), Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes).TrimEnd('=')[..^2]) })
        {
            AssertAbsent(form);
            Assert.Empty(FilesWith(form, temporary));
            Assert.DoesNotContain(Encoding.ASCII.GetString(form), server.Output, StringComparison.Ordinal);
        }
        Assert.Equal(0, await server.TerminateAsync());
        AssertAbsent(bytes);
    }

    private static TestManifest WithAnnotation(TestBlob layer, string marker)
    {
        var image = TestManifest.Image(TestManifest.ImageConfig([layer.Digest], salt: 1), [layer]);
        var json = JsonNode.Parse(image.Body)!.AsObject();
        json["annotations"] = new JsonObject { ["org.example.canary"] = marker };
        return TestManifest.FromJson(json, MediaType.OciManifest, image.Blobs);
    }

    private void AssertAbsent(byte[] marker) => Assert.Empty(FilesWith(marker));

    private List<string> FilesWith(byte[] marker) => FilesWith(marker, DataDirectory);

    private static List<string> FilesWith(byte[] marker, string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(file => Read(file).AsSpan().IndexOf(marker) >= 0)];

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
