using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>What takes the room, what is pulled, and removing what is not needed.</summary>
public sealed class UsageTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Usage_OfRepositoriesAndTags_IsListedInTheOrderThatWasAskedFor()
    {
        await Server.PushAsync("cli/used", "v1");
        await Server.PushAsync("cli/used", "v2");
        await Server.PushAsync("cli/alone", "v1");

        var totals = (await Owner.DoAsync("usage totals -o json")).Json;
        Assert.True((long)totals["repositoryCount"]! >= 2);
        Assert.True((long)totals["pushCount"]! >= 3);
        Assert.Contains("Counted since", (await Owner.DoAsync("usage totals")).Output, StringComparison.Ordinal);

        var repositories = (await Owner.DoAsync("usage repositories -r local --orderby size -o json")).Json.AsArray();
        var sizes = repositories.Select(one => (long)one!["sizeBytes"]!).ToList();
        Assert.Equal(sizes.OrderDescending(), sizes);
        var used = repositories.Single(one => (string)one!["name"]! == "cli/used")!;
        Assert.Equal((2, 2), ((long)used["tagCount"]!, (long)used["manifestCount"]!));
        Assert.Equal((long)used["sizeBytes"]!, (long)used["uniqueBytes"]! + (long)used["sharedBytes"]!);
        var first = (await Owner.DoAsync("usage repositories --orderby last-push --top 1 -o tsv --query [].name")).Output.Trim();
        Assert.Equal("cli/alone", first);
        Assert.Equal("cli/alone", (await Owner.DoAsync("usage repositories -o tsv --query [].name")).Output.Split('\n').First(name => name.StartsWith("cli/", StringComparison.Ordinal)));

        var tags = (await Owner.DoAsync("usage tags cli/used -o json")).Json.AsArray();
        Assert.Equal(["v1", "v2"], tags.Select(one => (string)one!["name"]!));
        Assert.All(tags, one => Assert.InRange((long)one!["uniqueBytes"]!, 1, (long)one["sizeBytes"]!));
        var table = (await Owner.DoAsync("usage tags cli/used --orderby pulls")).Output;
        Assert.Contains("never", table, StringComparison.Ordinal);
        Assert.Contains("KiB", table, StringComparison.Ordinal);
        (await Owner.RunAsync("usage", "tags", "cli/nosuch")).Expect(3);
        (await Owner.RunAsync("usage", "tags", "cli/used", "--orderby", "size")).Expect(2);
        (await Owner.RunAsync("usage", "tags")).Expect(2);
        Assert.Contains("Size", (await Owner.DoAsync("usage")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_OfAReader_IsShown_AndOfAPullerIsNot()
    {
        await Server.PushAsync("cli/seen", "v1");
        using var reader = await CreateUserAsync("usage-reader", "Reader");
        using var puller = await CreateUserAsync("usage-puller", "AcrPull");

        Assert.Contains("cli/seen", (await reader.DoAsync("usage repositories")).Output, StringComparison.Ordinal);
        (await puller.RunAsync("usage", "repositories", "-r", "local")).Expect(5);
    }

    [Fact]
    public async Task Purge_DryAndThenReal_ShowsTheSameAndRemovesIt()
    {
        await Server.PushAsync("cli/purged", "pr-1");
        await Server.PushAsync("cli/purged", "pr-2");
        await Server.PushAsync("cli/purged", "v1");
        await Owner.DoAsync("tag update cli/purged:pr-2 --delete-enabled false");
        string[] words = ["purge", "--filter", "cli/purged:^pr-", "--untagged", "-o", "json"];

        var dry = (await Owner.RunAsync([.. words, "--dry-run"])).Expect(0).Json.AsArray();
        Assert.Equal(["goes", "goes", "kept"], dry.Select(one => (string)one!["outcome"]!));
        Assert.Equal("locked", (string)dry[2]!["reason"]!);
        Assert.Equal(3, (await Owner.DoAsync("tag list cli/purged -o json")).Json.AsArray().Count);
        Assert.Contains("Would remove 1 tag and 1 manifest; 1 kept.", (await Owner.RunAsync([.. words[..^2], "--dry-run"])).Expect(0).Output, StringComparison.Ordinal);

        Assert.Contains("--yes", (await Owner.RunAsync(words)).Expect(2).Error, StringComparison.Ordinal);
        var real = (await Owner.RunAsync([.. words, "-y"])).Expect(0).Json.AsArray();
        Assert.Equal(dry.Select(one => (string)one!["digest"]!), real.Select(one => (string)one!["digest"]!));
        Assert.Equal(["removed", "removed", "kept"], real.Select(one => (string)one!["outcome"]!));
        Assert.Equal("pr-2\nv1\n", (await Owner.DoAsync("tag list cli/purged -o tsv --query [].name")).Output);
    }

    [Fact]
    public async Task Purge_AtATerminal_ShowsThePlanAndAsks()
    {
        await Server.PushAsync("cli/asked", "v1");
        Owner.Hidden = "";
        try
        {
            var refused = (await Owner.TypeAsync("n\n", "purge", "--filter", "cli/asked:.*")).Expect(1);
            Assert.Contains("Would remove 1 tag ", refused.Error, StringComparison.Ordinal);
            Assert.Contains("Nothing was done", refused.Error, StringComparison.Ordinal);
            Assert.Equal("", refused.Output);
            var done = (await Owner.TypeAsync("y\n", "purge", "--filter", "cli/asked:.*")).Expect(0);
            Assert.Contains("Removed 1 tag and 0 manifests; 0 kept.", done.Output, StringComparison.Ordinal);
            // What was removed is what was shown: the plan's moment went with it.
            var moment = done.Error[(done.Error.IndexOf(" As of ", StringComparison.Ordinal) + 7)..][..19];
            var records = await Owner.DoAsync("audit --operation Microsoft.ContainerRegistry/registries/purgeArtifacts/action --top 1 -o json");
            Assert.Contains($"asOf={moment}", (string?)records.Json[0]!["ResultDescription"], StringComparison.Ordinal);
            var nothing = (await Owner.TypeAsync("", "purge", "--filter", "cli/asked:.*")).Expect(0);
            Assert.Contains("Would remove 0 tags", nothing.Output, StringComparison.Ordinal);
        }
        finally
        {
            Owner.Hidden = null;
        }
    }

    [Fact]
    public async Task Purge_AsOfADryRun_LeavesWhatCameSince()
    {
        await Server.PushAsync("cli/moment", "v1");
        string[] words = ["purge", "--filter", "cli/moment:.*"];
        var summary = (await Owner.RunAsync([.. words, "--dry-run"])).Expect(0).Output;
        var moment = summary[(summary.IndexOf(" As of ", StringComparison.Ordinal) + 7)..].Trim().TrimEnd('.');
        await Server.PushAsync("cli/moment", "v2");
        Assert.Contains("Removed 1 tag ", (await Owner.RunAsync([.. words, "--as-of", moment, "-y"])).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("v2", (await Owner.DoAsync("tag list cli/moment -o tsv --query [].name")).Output.Trim());
    }

    [Fact]
    public async Task Purge_ByPulls_LeavesAllOfARegistryThatCountsForLess()
    {
        await Server.PushAsync("cli/unpulled", "v1");
        var run = await Owner.RunAsync("purge", "--filter", "cli/unpulled:.*", "--not-pulled-for", "90d", "--keep", "1", "--include-locked", "-y");
        Assert.Contains("Pulls are counted since", run.Expect(0).Output, StringComparison.Ordinal);
        (await Owner.RunAsync("purge", "--filter", "cli/unpulled:.*", "--not-pulled-for", "soon", "-y")).Expect(2);
        (await Owner.RunAsync("purge", "--untagged", "-y")).Expect(2);
        using var reader = await CreateUserAsync("purge-reader", "Reader");
        (await reader.RunAsync("purge", "--filter", ".*:.*", "--dry-run")).Expect(5);
        Assert.Equal("v1", (await Owner.DoAsync("tag list cli/unpulled -o tsv --query [].name")).Output.Trim());
    }

    [Fact]
    public async Task Registry_Deleted_IsListedRecoveredAndErased()
    {
        await Owner.DoAsync("registry create gonereg --sku Basic");
        await Owner.DoAsync("registry delete gonereg -y");
        Assert.Contains("gonereg", (await Owner.DoAsync("registry list-deleted")).Output, StringComparison.Ordinal);
        Assert.Equal("gonereg", (string)(await Owner.DoAsync("registry recover gonereg -o json")).Json["name"]!);
        (await Owner.RunAsync("registry", "recover", "gonereg")).Expect(3);
        (await Owner.RunAsync("registry", "purge", "gonereg", "-y")).Expect(3);
        await Owner.DoAsync("registry show -n gonereg");

        await Owner.DoAsync("registry delete gonereg -y");
        (await Owner.RunAsync("registry", "purge", "gonereg")).Expect(2);
        await Owner.DoAsync("registry purge gonereg -y");
        Assert.DoesNotContain("gonereg", (await Owner.DoAsync("registry list-deleted -o json")).Output, StringComparison.Ordinal);
        using var reader = await CreateUserAsync("deleted-reader", "Reader");
        (await reader.RunAsync("registry", "list-deleted")).Expect(5);
    }
}
