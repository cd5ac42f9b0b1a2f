using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Breakwater.Cli.Tests.Suite;
using Breakwater.Testing.Images;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>Repositories, tags and manifests.</summary>
public sealed class ContentTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Repository_PushedImages_AreListedShownAndDeleted()
    {
        var digest = await Server.PushAsync("cli/app", "v1");
        await Server.PushAsync("cli/app", "v2");

        Assert.Contains("cli/app", (await Owner.DoAsync("repository list -o tsv")).Output.Split('\n'));
        Assert.Equal(2, (int)(await Owner.DoAsync("repository show cli/app -o json")).Json["tagCount"]!);
        Assert.Equal(["v1", "v2"], (await Owner.DoAsync("repository show-tags --repository cli/app -o tsv -n local")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["v2"], (await Owner.DoAsync("repository show-tags cli/app --orderby time_desc --top 1 -o json")).Json.AsArray().Select(tag => (string)tag!));
        Assert.Equal(digest, (string)(await Owner.DoAsync("repository show --image cli/app:v1 -o json")).Json["digest"]!);

        Assert.Contains("Nobody can be asked", (await Owner.RunAsync("repository", "delete", "cli/app")).Expect(2).Error, StringComparison.Ordinal);
        Owner.Hidden = "";
        Assert.Contains("Nothing was done", (await Owner.TypeAsync("n\n", "repository", "delete", "cli/app")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("2 manifests and 2 tags?", (await Owner.TypeAsync("y\n", "repository", "delete", "cli/app")).Expect(0).Error, StringComparison.Ordinal);
        (await Owner.RunAsync("repository", "show", "cli/app")).Expect(3);
    }

    [Fact]
    public async Task Tag_Locked_IsNeitherMovedNorDeleted()
    {
        var digest = await Server.PushAsync("cli/locked", "v1");
        Assert.Equal("write", (await Owner.DoAsync("repository update --image cli/locked:v1 --write-enabled false -o tsv")).Output.Trim().Split('\t')[^1]);

        Assert.Contains("correlation id", (await Owner.RunAsync("tag", "delete", "cli/locked:v1")).Expect(6).Error, StringComparison.Ordinal);
        (await Owner.RunAsync("tag", "update", "cli/locked:v1")).Expect(2);
        await Owner.DoAsync("tag update cli/locked:v1 --write-enabled true");
        await Owner.DoAsync("tag delete cli/locked:v1");

        Assert.Equal(digest, (string)(await Owner.DoAsync("manifest list-metadata cli/locked -o json")).Json[0]!["digest"]!);
    }

    [Fact]
    public async Task Repository_FlagForAWholeOne_TakesNoTag() =>
        Assert.Contains("more than a repository", (await Owner.RunAsync("repository", "update", "--repository", "cli/x:v1", "--write-enabled", "false")).Expect(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Manifest_Shown_IsWhatWasPushedAndReferrersAreFollowed()
    {
        var content = new RandomContent(RandomNumberGenerator.GetInt32(int.MaxValue));
        var image = TestManifest.RandomImage(content);
        var digest = await Server.PushAsync("cli/referred", "v1", image);
        var signature = TestManifest.RandomImage(content, subject: image.Descriptor, artifactType: "application/x.note");
        await Server.PushAsync("cli/referred", "note", signature);
        await Server.PushAsync("cli/referred", "note2", TestManifest.RandomImage(content, subject: signature.Descriptor, artifactType: "application/x.note"));

        Assert.Equal(image.Body, System.Text.Encoding.UTF8.GetBytes((await Owner.DoAsync("manifest show cli/referred:v1 --raw")).Output));
        Assert.Equal(2, (int)(await Owner.DoAsync($"manifest show cli/referred@{digest}")).Json["schemaVersion"]!);
        Assert.Equal(3, (await Owner.DoAsync("manifest list cli/referred -o json")).Json.AsArray().Count(entry => entry!["manifest"] is JsonObject));
        Assert.Equal(signature.Digest, (string)Assert.Single((await Owner.DoAsync("manifest list-referrers cli/referred:v1 -o json")).Json.AsArray())!["digest"]!);
        Assert.Equal(2, (await Owner.DoAsync("manifest list-referrers cli/referred:v1 --recursive -o json")).Json.AsArray().Count);
        Assert.Empty((await Owner.DoAsync("manifest list-referrers cli/referred:v1 --artifact-type application/x.other -o json")).Json.AsArray());

        await Owner.DoAsync($"manifest update-metadata cli/referred@{digest} --list-enabled false");
        Assert.False((bool)(await Owner.DoAsync("manifest show-metadata cli/referred:v1 -o json")).Json["changeableAttributes"]!["listEnabled"]!);
        Assert.Contains("with its tags v1", (await Owner.DoAsync("manifest delete cli/referred:v1 -y")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_OfMoreThanOnePage_AreFollowedToTheEnd()
    {
        using var client = Server.Process.CreateClient();
        var image = TestManifest.RandomImage(new RandomContent(7));
        await Server.PushAsync("cli/many", "t0000", image);
        for (var i = 1; i < 1005; i++)
            Assert.Equal(201, (await client.SendAsync(HttpMethod.Put, $"/v2/cli/many/manifests/t{i:0000}", image.Body, image.MediaType)).Code);

        Assert.Equal(1005, (await Owner.DoAsync("tag list cli/many -o json")).Json.AsArray().Count);
        Assert.Equal(1002, (await Owner.DoAsync("tag list cli/many --top 1002 -o json")).Json.AsArray().Count);
    }

    [Theory]
    [InlineData("Upper/Case")]
    [InlineData("localhost:5000/app:v1")]
    [InlineData("app:")]
    [InlineData("app@sha256:1")]
    public async Task Image_ThatIsNone_IsRefusedBeforeAnythingIsAsked(string image) => (await Owner.RunAsync("repository", "show", image)).Expect(2);

    [Fact]
    public async Task CheckHealth_WithARepository_PushesAndPullsAndLeavesNothing()
    {
        var checks = (await Owner.DoAsync("check-health --repository cli/health -o json")).Json.AsArray();

        Assert.All(checks, check => Assert.True((bool)check!["ok"]!, check.ToJsonString()));
        Assert.Equal(6, checks.Count);
        Assert.Empty((await Owner.DoAsync("manifest list-metadata cli/health -o json")).Json.AsArray());
    }

    [Fact]
    public async Task CheckHealth_OfOneWithoutRights_SaysWhatFailsAndIs1()
    {
        using var reader = await CreateUserAsync("health-reader", "AcrPull");

        var run = (await reader.RunAsync("check-health", "--repository", "cli/health", "-o", "json")).Expect(1);

        Assert.Equal([true, true, true, true, true, false], run.Json.AsArray().Select(check => (bool)check!["ok"]!));
        Assert.Contains("pull,push on cli/health", (string)run.Json[5]!["finding"]!, StringComparison.Ordinal);
    }
}
