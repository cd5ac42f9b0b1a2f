using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>Resource groups, and registries in them.</summary>
public sealed class ResourceGroupTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task ResourceGroup_MadeUsedAndDeleted()
    {
        await Owner.DoAsync("resource-group create cli-team --tags team=blue");
        (await Owner.RunAsync("resource-group", "create", "cli-team")).Expect(6);
        Assert.Equal("blue", (string?)(await Owner.DoAsync("resource-group show cli-team -o json")).Json["tags"]!["team"]);
        Assert.Equal("green", (string?)(await Owner.DoAsync("resource-group update cli-team --tags team=green -o json")).Json["tags"]!["team"]);
        (await Owner.RunAsync("resource-group", "update", "cli-team")).Expect(2);
        Assert.Contains("cli-team", (await Owner.DoAsync("resource-group list -o tsv")).Output, StringComparison.Ordinal);
        await Owner.DoAsync("registry create clifleet -g cli-team --sku Basic");
        Assert.Contains("/resourceGroups/cli-team/", (string?)(await Owner.DoAsync("registry show -n clifleet -o json")).Json["id"], StringComparison.Ordinal);
        Assert.Contains("clifleet", (await Owner.RunAsync("resource-group", "delete", "cli-team", "-y")).Error, StringComparison.Ordinal);
        await Owner.DoAsync("registry delete -n clifleet -y");
        Assert.Contains("clifleet (deleted)", (await Owner.RunAsync("resource-group", "delete", "cli-team", "-y")).Error, StringComparison.Ordinal);
        await Owner.DoAsync("resource-group create cli-empty");
        Assert.Contains("Nobody can be asked", (await Owner.RunAsync("resource-group", "delete", "cli-empty")).Expect(2).Error, StringComparison.Ordinal);
        await Owner.DoAsync("resource-group delete cli-empty -y");
        (await Owner.RunAsync("resource-group", "show", "cli-empty")).Expect(3);
    }
}
