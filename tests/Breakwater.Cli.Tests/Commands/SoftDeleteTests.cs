using System.Text.Json.Nodes;
using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>The policy, what was deleted, and bringing it back.</summary>
public sealed class SoftDeleteTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task SoftDelete_EnabledDeletedAndRestored()
    {
        Assert.Equal("disabled", (string?)(await Owner.DoAsync("config soft-delete show -o json")).Json["status"]);
        (await Owner.RunAsync("config", "soft-delete", "update")).Expect(2);
        (await Owner.RunAsync("config", "soft-delete", "update", "--status", "on")).Expect(2);
        (await Owner.RunAsync("config", "soft-delete", "update", "--days", "91")).Expect(2);
        var policy = (await Owner.DoAsync("config soft-delete update --status enabled --days 30 -o json")).Json;
        Assert.Equal(("enabled", 30), ((string?)policy["status"], (int)policy["retentionDays"]!));
        try
        {
            var (first, second) = (await DeletedAsync(), await DeletedAsync());
            Assert.Contains("cli/bin", (await Owner.DoAsync("repository list-deleted -o tsv")).Output.Split('\n'));
            Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), Digests((await Owner.DoAsync("manifest list-deleted cli/bin -o json")).Json));
            Assert.Equal([first, second], Digests((await Owner.DoAsync("manifest list-deleted-tags cli/bin:v1 -o json")).Json));
            Assert.Empty((await Owner.DoAsync("manifest list-deleted-tags cli/bin:v2 -o json")).Json.AsArray());

            Assert.Contains(second, (await Owner.RunAsync("manifest", "restore", "cli/bin:v1")).Expect(2).Error, StringComparison.Ordinal);
            var restored = (await Owner.DoAsync("manifest restore cli/bin:v1 --yes -o json")).Json;
            Assert.Equal((second, "v1"), ((string?)restored["digest"], (string?)restored["tags"]![0]));
            Assert.Contains("v1", (await Owner.RunAsync("manifest", "restore", $"cli/bin@{first}")).Error, StringComparison.Ordinal);
            await Owner.DoAsync($"manifest restore cli/bin:old -d {first}");
            Assert.Equal(first, (string?)(await Owner.DoAsync("tag show cli/bin:old -o json")).Json["digest"]);
            (await Owner.RunAsync("manifest", "restore", "cli/bin")).Expect(2);
            (await Owner.RunAsync("manifest", "restore", $"cli/bin@{first}", "-d", first)).Expect(2);
            (await Owner.RunAsync("manifest", "restore", "cli/bin:none")).Expect(3);
            (await Owner.RunAsync("manifest", "list-deleted", "cli/none")).Expect(3);

            (await Owner.RunAsync("manifest", "purge-deleted")).Expect(2);
            (await Owner.RunAsync("manifest", "purge-deleted", "cli/bin", "--all", "-y")).Expect(2);
            var last = await DeletedAsync();
            Assert.Contains("--yes", (await Owner.RunAsync("manifest", "purge-deleted", "cli/bin")).Expect(2).Error, StringComparison.Ordinal);
            Assert.Contains(last, Digests((await Owner.DoAsync("manifest list-deleted cli/bin -o json")).Json));
            using var reader = await CreateUserAsync("bin-reader", "Reader");
            (await reader.RunAsync("manifest", "purge-deleted", "--all", "-y")).Expect(5);
            Assert.Contains("Deleted 1 manifest and ", (await Owner.DoAsync("manifest purge-deleted cli/bin -y")).Output, StringComparison.Ordinal);
            Assert.Empty((await Owner.DoAsync("manifest list-deleted cli/bin -o json")).Json.AsArray());
            Assert.Contains("Nothing is in the recycle bin", (await Owner.DoAsync("manifest purge-deleted --all")).Output, StringComparison.Ordinal);
        }
        finally
        {
            Assert.Contains("Fewer days", (await Owner.RunAsync("config", "soft-delete", "update", "--days", "7")).Expect(2).Error, StringComparison.Ordinal);
            await Owner.DoAsync("config soft-delete update --status disabled --days 7 --yes");
        }

        async Task<string> DeletedAsync()
        {
            var digest = await Server.PushAsync("cli/bin", "v1");
            await Owner.DoAsync("manifest delete cli/bin:v1 -y");
            return digest;
        }
    }

    private static IEnumerable<string?> Digests(JsonNode list) => list.AsArray().Select(item => (string?)item!["digest"]);
}
