using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

public sealed class RetentionTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Retention_ShownAndChanged()
    {
        Assert.Equal("disabled", (string?)(await Owner.DoAsync("config retention show -o json")).Json["status"]);
        (await Owner.RunAsync("config", "retention", "update")).Expect(2);
        (await Owner.RunAsync("config", "retention", "update", "--days", "366")).Expect(2);
        var policy = (await Owner.DoAsync("config retention update --status enabled --days 30 -o json")).Json;
        Assert.Equal(("enabled", 30), ((string?)policy["status"], (int)policy["days"]!));

        Assert.Contains("Fewer days", (await Owner.RunAsync("config", "retention", "update", "--days", "7")).Expect(2).Error, StringComparison.Ordinal);
        await Owner.DoAsync("config retention update --status disabled --days 7 --yes");
        Assert.Contains("disabled", (await Owner.DoAsync("config retention show")).Output, StringComparison.Ordinal);
    }
}
