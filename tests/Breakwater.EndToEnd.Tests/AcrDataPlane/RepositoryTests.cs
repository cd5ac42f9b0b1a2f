using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.AcrDataPlane;

public sealed class RepositoryTests(RunningRegistry registry) : AcrTest(registry)
{
    [Fact]
    public async Task Get_Repository_HasItsCountsTimesAndAttributes()
    {
        await PushImageAsync("v1");
        await PushImageAsync("v2");
        foreach (var path in new[] { At, $"/acr/v1/{Repository}", $"{At}?api-version=2021-07-01" })
        {
            var json = await GetJsonAsync(path);
            Assert.Equal(Client.Address.Authority, (string?)json["registry"]);
            Assert.Equal(Repository, (string?)json["imageName"]);
            Assert.Equal((2, 2), ((int)json["manifestCount"]!, (int)json["tagCount"]!));
            AssertTimes(json);
            AssertAttributes(json);
        }
    }

    [Fact]
    public async Task Patch_Repository_ChangesWhatIsNamedAndAnswersIt()
    {
        await PushImageAsync("v1");
        AssertAttributes((await ExpectAsync(200, PatchAsync(At, """{"writeEnabled":false,"listEnabled":false}"""), "PATCH")).Json!, write: false, list: false);
        AssertAttributes((await ExpectAsync(200, PatchAsync(At, """{"listEnabled":true}"""), "PATCH")).Json!, write: false);
        AssertAttributes(await GetJsonAsync(At), write: false);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"writeEnabled":"no"}""")]
    [InlineData("""{"deleteEnabled":false,"locked":true}""")]
    [InlineData("""{"deleteEnabled":false,"quarantineState":"Passed"}""")]
    public async Task Patch_InvalidBody_Is400AndChangesNothing(string body)
    {
        var image = await PushImageAsync("v1");
        foreach (var path in new[] { At, TagAt("v1"), ManifestAt(image.Digest) })
            Assert.Contains("Nothing was changed", (await ExpectAsync(400, PatchAsync(path, body), path)).Text, StringComparison.Ordinal);
        AssertAttributes(await GetJsonAsync(At));
        AssertAttributes((await GetJsonAsync(TagAt("v1")))["tag"]!);
    }

    [Fact]
    public async Task Delete_Repository_Is202WithWhatWent()
    {
        var one = await PushImageAsync("v1");
        var two = await PushImageAsync("v2");
        var reply = await ExpectAsync(202, Client.DeleteAsync(At), "DELETE");
        Assert.Equal(["v1", "v2"], reply.Json!["tagsDeleted"]!.AsArray().Select(t => (string)t!));
        Assert.Equal(new[] { one.Digest, two.Digest }.Order(StringComparer.Ordinal), reply.Json["manifestsDeleted"]!.AsArray().Select(d => (string)d!));
        Assert.Equal(["NAME_UNKNOWN"], (await ExpectAsync(404, Client.DeleteAsync(At), "again")).ErrorCodes);
        Assert.Equal(["NAME_UNKNOWN"], (await ExpectAsync(404, Client.GetAsync(At), "GET")).ErrorCodes);
        await ExpectAsync(404, Client.GetManifestAsync(Repository, one.Digest), "pull");
        await ExpectAsync(404, Client.GetBlobAsync(Repository, one.Blobs[0].Digest), "blob");
    }

    [Fact]
    public async Task Delete_AnythingLocked_IsRefusedWhole()
    {
        await PushImageAsync("v1");
        await PushImageAsync("v2");
        await SetAsync(TagAt("v2"), "deleteEnabled", false);
        await AssertDisallowedAsync(Client.DeleteAsync(At), "DELETE");
        Assert.Equal(["v1", "v2"], await Client.TagsAsync(Repository));
        await SetAsync(TagAt("v2"), "deleteEnabled", true);
        await ExpectAsync(202, Client.DeleteAsync(At), "DELETE");
    }

    [Fact]
    public async Task Catalog_Pages_LinkOnTheirOwnPath()
    {
        await PushImageAsync("v1");
        await PushImageAsync("v1", OtherRepository);
        var found = await WalkAsync("/acr/v1/_catalog?n=1&api-version=2021-07-01", "repositories", "");
        Assert.Contains(Repository, found);
        Assert.Contains(OtherRepository, found);
        await SetAsync(At, "listEnabled", false);
        Assert.DoesNotContain(Repository, await WalkAsync("/acr/v1/_catalog", "repositories", ""));
        Assert.DoesNotContain(Repository, await WalkAsync("/v2/_catalog", "repositories", ""));
        await ExpectAsync(200, Client.GetAsync(At), "by name");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/_tags")]
    [InlineData("GET", "/_tags/v1")]
    [InlineData("PATCH", "/_tags/v1")]
    [InlineData("GET", "/_manifests")]
    [InlineData("GET", "/_manifests/sha256%3Ae3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task Request_UnknownRepository_IsNameUnknown(string method, string tail)
    {
        var body = method == "PATCH" ? "{}"u8.ToArray() : null;
        Assert.Equal(["NAME_UNKNOWN"], (await ExpectAsync(404, Client.SendAsync(new HttpMethod(method), At + tail, body), tail)).ErrorCodes);
    }

    [Fact]
    public async Task Request_Anonymous_TellsNothingOfWhatExists()
    {
        await PushImageAsync("v1");
        Client.Authorization = null;
        var known = await ExpectAsync(401, Client.GetAsync(At), "known");
        var unknown = await ExpectAsync(401, Client.GetAsync(At + "x"), "unknown");
        Assert.Equal(unknown.Text.Replace(Repository + "x", Repository, StringComparison.Ordinal), known.Text);
    }
}
