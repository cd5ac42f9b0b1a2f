using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.AcrDataPlane;

public sealed class ManifestTests(RunningRegistry registry) : AcrTest(registry)
{
    [Fact]
    public async Task Get_Image_HasItsSizeTypesPlatformAndTags()
    {
        var image = await PushImageAsync("v2");
        await ExpectAsync(201, Client.PutManifestAsync(Repository, "v1", image), "tag");
        var manifest = (await GetJsonAsync(ManifestAt(image.Digest)))["manifest"]!;
        Assert.Equal(image.Digest, (string?)manifest["digest"]);
        Assert.Equal(image.Body.Length + image.Blobs.Sum(b => b.SizeBytes), (long)manifest["imageSize"]!);
        Assert.Equal(("amd64", "linux"), ((string?)manifest["architecture"], (string?)manifest["os"]));
        Assert.Equal((MediaType.OciManifest, MediaType.OciConfig), ((string?)manifest["mediaType"], (string?)manifest["configMediaType"]));
        Assert.Equal(["v1", "v2"], manifest["tags"]!.AsArray().Select(t => (string)t!));
        Assert.Null(manifest["references"]);
        AssertTimes(manifest);
        AssertAttributes(manifest);
        var list = await GetJsonAsync($"{At}/_manifests");
        Assert.Equal((Client.Address.Authority, Repository), ((string?)list["registry"], (string?)list["imageName"]));
        Assert.Equal(manifest.ToJsonString(), Assert.Single(list["manifests"]!.AsArray())!.ToJsonString());
    }

    [Fact]
    public async Task Get_Index_HasReferencesAndNoPlatform()
    {
        var image = await PushImageAsync("v1");
        var descriptor = image.Descriptor;
        descriptor["platform"] = new JsonObject { ["architecture"] = "arm64", ["os"] = "linux" };
        var bare = TestManifest.Describe(MediaType.OciManifest, TestBlob.Sha256("absent"u8), 6);
        var index = TestManifest.FromJson(
            new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = MediaType.OciIndex, ["manifests"] = new JsonArray(descriptor, bare) }, MediaType.OciIndex, []);
        await ExpectAsync(201, Client.PutManifestAsync(Repository, index.Digest, index), "index");
        var manifest = (await GetJsonAsync(ManifestAt(index.Digest)))["manifest"]!;
        var references = manifest["references"]!.AsArray();
        Assert.Equal($$"""{"digest":"{{image.Digest}}","architecture":"arm64","os":"linux"}""", references[0]!.ToJsonString());
        Assert.Equal($$"""{"digest":"{{TestBlob.Sha256("absent"u8)}}"}""", references[1]!.ToJsonString());
        foreach (var absent in new[] { "architecture", "os", "configMediaType", "tags" })
            Assert.Null(manifest[absent]);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"architecture":7,"os":{}}""")]
    [InlineData("""{"architecture":"\ud800","os":""}""")]
    public async Task Get_OddConfig_HasNoPlatform(string config)
    {
        var image = TestManifest.Image(TestBlob.Of([.. System.Text.Encoding.UTF8.GetBytes(config)]), [Content.Blob(100)]);
        await ExpectAsync(201, Client.PushAsync(Repository, "v1", image), "push");
        var manifest = (await GetJsonAsync($"{At}/_manifests"))["manifests"]![0]!;
        Assert.Null(manifest["architecture"]);
        Assert.Null(manifest["os"]);
    }

    [Fact]
    public async Task List_Orders_ArePagedToTheEnd()
    {
        var digests = new List<string>();
        foreach (var tag in new[] { "v1", "v2", "v3", "v4" })
        {
            digests.Add((await PushImageAsync(tag)).Digest);
            await Task.Delay(5);
        }
        Assert.Equal(digests.Order(StringComparer.Ordinal), await WalkAsync($"{At}/_manifests?n=1", "manifests", "digest"));
        Assert.Equal(digests, await WalkAsync($"{At}/_manifests?n=1&orderby=timeasc", "manifests", "digest"));
        Assert.Equal(Enumerable.Reverse(digests), await WalkAsync($"{At}/_manifests?n=3&orderby=timedesc", "manifests", "digest"));
    }

    [Fact]
    public async Task Patch_Manifest_ChangesAndAnswersIt()
    {
        var image = await PushImageAsync("v1");
        var reply = await ExpectAsync(200, PatchAsync(ManifestAt(image.Digest), """{"readEnabled":false,"listEnabled":false}"""), "PATCH");
        AssertAttributes(reply.Json!["manifest"]!, read: false, list: false);
        Assert.Empty((await GetJsonAsync($"{At}/_manifests"))["manifests"]!.AsArray());
        AssertAttributes((await GetJsonAsync(ManifestAt(image.Digest)))["manifest"]!, read: false, list: false);
    }

    [Fact]
    public async Task Request_UnknownOrInvalidDigest_IsRefused()
    {
        await PushImageAsync("v1");
        var absent = ManifestAt(TestBlob.Sha256("absent"u8));
        Assert.Equal(["MANIFEST_UNKNOWN"], (await ExpectAsync(404, Client.GetAsync(absent), "unknown")).ErrorCodes);
        Assert.Equal(["MANIFEST_UNKNOWN"], (await ExpectAsync(404, PatchAsync(absent, "{}"), "unknown")).ErrorCodes);
        await ExpectAsync(400, Client.GetAsync(ManifestAt("sha256:x")), "invalid");
        await ExpectAsync(405, Client.DeleteAsync(absent), "DELETE");
    }
}
