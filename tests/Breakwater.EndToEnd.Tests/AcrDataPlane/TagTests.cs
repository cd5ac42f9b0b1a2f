using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.AcrDataPlane;

public sealed class TagTests(RunningRegistry registry) : AcrTest(registry)
{
    [Fact]
    public async Task Get_Tag_IsTheItemOfTheList()
    {
        var image = await PushImageAsync("v1");
        var tag = (await GetJsonAsync(TagAt("v1")))["tag"]!;
        Assert.Equal(("v1", image.Digest, false), ((string?)tag["name"], (string?)tag["digest"], (bool)tag["signed"]!));
        AssertTimes(tag);
        AssertAttributes(tag);
        var list = await GetJsonAsync($"{At}/_tags");
        Assert.Equal((Client.Address.Authority, Repository), ((string?)list["registry"], (string?)list["imageName"]));
        Assert.Equal(tag.ToJsonString(), Assert.Single(list["tags"]!.AsArray())!.ToJsonString());
        Assert.Equal(["TAG_UNKNOWN"], (await ExpectAsync(404, Client.GetAsync(TagAt("v2")), "unknown")).ErrorCodes);
        Assert.Equal(["TAG_UNKNOWN"], (await ExpectAsync(404, PatchAsync(TagAt("v2"), "{}"), "unknown")).ErrorCodes);
        await ExpectAsync(400, Client.GetAsync(TagAt("-v2")), "invalid");
    }

    [Fact]
    public async Task List_Orders_ArePagedToTheEnd()
    {
        foreach (var tag in new[] { "b", "a", "d", "c" })
        {
            await PushImageAsync(tag);
            await Task.Delay(5);
        }
        Assert.Equal(["a", "b", "c", "d"], await WalkAsync($"{At}/_tags?n=1", "tags", "name"));
        Assert.Equal(["b", "a", "d", "c"], await WalkAsync($"{At}/_tags?n=3&orderby=timeasc", "tags", "name"));
        Assert.Equal(["c", "d", "a", "b"], await WalkAsync($"{At}/_tags?n=1&orderby=timedesc", "tags", "name"));
        Assert.Equal(["d", "a", "b"], await WalkAsync($"{At}/_tags?last=c&orderby=timedesc", "tags", "name"));
        Assert.Equal(["c", "d"], await WalkAsync($"{At}/_tags?last=b", "tags", "name"));
        Assert.Empty(await WalkAsync($"{At}/_tags?n=0", "tags", "name"));
        await ExpectAsync(400, Client.GetAsync($"{At}/_tags?orderby=size"), "order");
        await ExpectAsync(400, Client.GetAsync($"{At}/_tags?n=-1"), "n");
        await ExpectAsync(400, Client.GetAsync($"{At}/_tags?orderby=timedesc&last=nothing"), "last");
        await ExpectAsync(400, Client.GetAsync($"{At}/_tags?orderby=timedesc&last=a&lastat=x"), "lastat");
    }

    [Fact]
    public async Task List_OfADigest_HasItsTagsOnly()
    {
        var image = await PushImageAsync("v1");
        await ExpectAsync(201, Client.PutManifestAsync(Repository, "v2", image), "tag");
        await PushImageAsync("v3");
        Assert.Equal(["v1", "v2"], await WalkAsync($"{At}/_tags?n=1&digest={Uri.EscapeDataString(image.Digest)}", "tags", "name"));
        await ExpectAsync(400, Client.GetAsync($"{At}/_tags?digest=x"), "digest");
    }

    [Fact]
    public async Task Delete_Tag_Is202WithItsDigestAndLeavesTheManifest()
    {
        var image = await PushImageAsync("v1");
        var reply = await ExpectAsync(202, Client.DeleteAsync(TagAt("v1")), "untag");
        Assert.Equal(image.Digest, reply.Header("X-Ms-Int-Docker-Content-Digest"));
        Assert.Equal(["TAG_UNKNOWN"], (await ExpectAsync(404, Client.DeleteAsync(TagAt("v1")), "again")).ErrorCodes);
        await ExpectAsync(200, Client.GetManifestAsync(Repository, image.Digest), "manifest");
    }
}
