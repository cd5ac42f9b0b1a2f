using System.Text.RegularExpressions;
using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>What those without a right see, and how they learn why.</summary>
public sealed class RefusalTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Refusal_OfContent_Is5AndWhyExplainsIt()
    {
        await Server.PushAsync("cli/guarded", "v1");
        using var reader = await CreateUserAsync("refused-reader", "AcrPull");
        await reader.DoAsync("repository show cli/guarded");

        var run = (await reader.RunAsync("repository", "untag", "cli/guarded:v1")).Expect(5);
        var id = Regex.Match(run.Error, "breakwater why ([0-9a-f-]{36})").Groups[1].Value;
        var why = (await reader.DoAsync($"why {id}")).Output;

        Assert.StartsWith("refused-reader may not delete on cli/guarded.", why, StringComparison.Ordinal);
        Assert.Contains("AcrDelete", why, StringComparison.Ordinal);
        Assert.False((bool)(await reader.DoAsync($"why {id} -o json")).Json["explanation"]!["allowed"]!);
        Assert.False((bool)(await reader.DoAsync($"why {id} --query explanation.allowed -o json")).Json);
    }

    [Fact]
    public async Task Refusal_OfManagement_Is5AndIsExplainedToo()
    {
        using var reader = await CreateUserAsync("refused-manager", "Reader");

        var run = (await reader.RunAsync("registry", "update", "--admin-enabled", "true")).Expect(5);

        Assert.Matches("AuthorizationFailed, HTTP 403, correlation id", run.Error);
        await reader.DoAsync($"why {Regex.Match(run.Error, "breakwater why ([0-9a-f-]{36})").Groups[1].Value}");
    }

    [Fact]
    public async Task Why_AboutAnother_AnswersWithoutDoing()
    {
        using var writer = await CreateUserAsync("what-if", "AcrPush");

        Assert.StartsWith("what-if may push on cli/any.", (await Owner.DoAsync("why --principal what-if --action push --repository cli/any")).Output, StringComparison.Ordinal);
        Assert.Contains("does not include it", (await Owner.DoAsync("why --principal what-if --action delete --repository cli/any")).Output, StringComparison.Ordinal);
        (await Owner.RunAsync("why", "--principal", "nobody-there", "--action", "push")).Expect(3);
        (await Owner.RunAsync("why")).Expect(2);
        (await Owner.RunAsync("why", "00000000-0000-0000-0000-000000000001")).Expect(3);
        (await writer.RunAsync("why", "--principal", "00000000-0000-0000-0000-000000000001", "--action", "push", "-n", "local")).Expect(5);
    }

    [Fact]
    public async Task Content_OfARoleThatShowsNoRegistry_IsFoundAtTheServersAddress()
    {
        await Server.PushAsync("cli/seen", "v1");
        using var puller = await CreateUserAsync("puller-only", "AcrPull");

        Assert.Equal("[]", (await puller.DoAsync("registry list -o json")).Output.Trim());
        await puller.DoAsync("tag list cli/seen");
        (await puller.RunAsync("tag", "list", "cli/seen", "-n", "elsewhere")).Expect(3);
        Assert.Contains("You see local", (await Owner.RunAsync("tag", "list", "cli/seen", "-n", "elsewhere")).Expect(3).Error, StringComparison.Ordinal);
    }
}
