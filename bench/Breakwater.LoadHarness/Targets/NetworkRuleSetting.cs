using System.Text.Json;
using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Targets;

/// <summary>Gives Breakwater's first registry network rules, among which the client is the last that is let in.</summary>
internal static class NetworkRuleSetting
{
    public static void Write(Endpoint endpoint, string authorization, int count)
    {
        using var client = new RegistryClient(endpoint, authorization);
        using var json = JsonDocument.Parse(client.Get("/subscriptions?api-version=2022-12-01", BodyMode.Capture).Body);
        var subscription = json.RootElement.GetProperty("value")[0].GetProperty("subscriptionId").GetString();
        var rules = Enumerable.Range(0, count - 1).Select(RuleOf).Append(new { action = "Allow", value = "127.0.0.1" });
        var body = JsonSerializer.SerializeToUtf8Bytes(new { properties = new { networkRuleSet = new { defaultAction = "Deny", ipRules = rules } } });
        client.Patch($"/subscriptions/{subscription}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/local?api-version=2025-11-01", body);
    }

    // As the micro benchmark has them: half of each family, a tenth of them denying, none touching the next, so that nothing can be put together.
    private static object RuleOf(int i) => new { action = i % 10 == 0 ? "Deny" : "Allow", value = i % 2 == 0 ? $"10.{i}.0.0/24" : $"2001:db8:{i:x}::/64" };
}
