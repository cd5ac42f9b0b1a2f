using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>Which addresses reach a registry.</summary>
public sealed class NetworkRuleTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Rules_AddedAndRemoved_AreThoseOfTheRegistry()
    {
        await Owner.DoAsync("registry create rulesreg --sku Premium");
        try
        {
            await Owner.DoAsync("network-rule add 203.0.113.0/24 -r rulesreg");
            await Owner.DoAsync("network-rule add -n rulesreg --ip-address 203.0.113.7 --action Deny");
            await Owner.DoAsync("network-rule add 2001:db8::/32 -r rulesreg");
            Assert.Equal("Allow\t203.0.113.0/24\nDeny\t203.0.113.7\nAllow\t2001:db8::/32\n", (await Owner.DoAsync("network-rule list -n rulesreg -o tsv")).Output);
            await Owner.DoAsync("network-rule remove 203.0.113.7 -r rulesreg");
            (await Owner.RunAsync("network-rule", "remove", "203.0.113.7", "-r", "rulesreg")).Expect(3);
            (await Owner.RunAsync("network-rule", "remove", "203.0.113.0/24", "--action", "Deny", "-r", "rulesreg")).Expect(3);
            Assert.Contains("Write 10.0.0.0/8", (await Owner.RunAsync("network-rule", "add", "10.0.0.1/8", "-r", "rulesreg")).Expect(2).Error, StringComparison.Ordinal);

            await Owner.DoAsync("registry update -n rulesreg --default-action Deny --public-network-enabled false --allow-trusted-services false");
            var shown = (await Owner.DoAsync("registry show -n rulesreg -o json")).Json["properties"]!;
            Assert.Equal(("Deny", "Disabled", "None"), ((string?)shown["networkRuleSet"]!["defaultAction"], (string?)shown["publicNetworkAccess"], (string?)shown["networkRuleBypassOptions"]));
            Assert.Equal(2, shown["networkRuleSet"]!["ipRules"]!.AsArray().Count);
            Assert.Equal(2, (int)(await Owner.DoAsync("usage -n rulesreg -o json")).Json.AsArray().Single(line => (string?)line!["name"] == "IPRules")!["currentValue"]!);
        }
        finally
        {
            await Owner.DoAsync("registry delete rulesreg -y");
        }
    }

    [Fact]
    public async Task Rules_AddedByManyAtOnce_AreAllThere()
    {
        const int Administrators = 6;
        await Owner.DoAsync("registry create crowdreg --sku Premium");
        try
        {
            await Task.WhenAll(Enumerable.Range(1, Administrators).Select(i => Owner.DoAsync($"network-rule add 203.0.113.{i} -r crowdreg")));
            var rules = (await Owner.DoAsync("network-rule list -n crowdreg -o tsv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Enumerable.Range(1, Administrators).Select(i => $"Allow\t203.0.113.{i}"), rules.Order(StringComparer.Ordinal));
            await Task.WhenAll(Enumerable.Range(1, Administrators).Select(i => Owner.DoAsync($"network-rule remove 203.0.113.{i} -r crowdreg")));
            Assert.Equal("", (await Owner.DoAsync("network-rule list -n crowdreg -o tsv")).Output);
        }
        finally
        {
            await Owner.DoAsync("registry delete crowdreg -y");
        }
    }
}
