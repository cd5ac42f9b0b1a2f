using System.Net;
using BenchmarkDotNet.Attributes;
using Breakwater.Core.Network;

namespace Breakwater.Benchmarks;

/// <summary>Runs on every request to a registry that has rules.</summary>
[MemoryDiagnoser]
public class NetworkRuleBenchmarks
{
    private NetworkRules _rules = null!;
    private IPAddress _address = null!;

    [Params(1, 200)]
    public int Rules { get; set; }

    [Params("10.7.0.9", "2001:db8:7::9", "198.51.100.7")]
    public string Address { get; set; } = "";

    [GlobalSetup]
    public void Build()
    {
        _address = IPAddress.Parse(Address);
        _rules = new NetworkRules(RuleAction.Deny, Enumerable.Range(0, Rules).Select(RuleOf));
    }

    [Benchmark]
    public bool Admits() => _rules.Admits(_address);

    // Half of each family, a tenth of them denying, none touching the next, so that nothing can be put together.
    private static AddressRule RuleOf(int number) =>
        AddressRule.Parse(number % 10 == 9 ? RuleAction.Deny : RuleAction.Allow, number % 2 == 0 ? $"10.{number}.0.0/24" : $"2001:db8:{number:x}::/64");
}
