using System.Net;
using Breakwater.Core.Network;

namespace Breakwater.Core.Tests.Network;

public sealed class NetworkRulesTests
{
    [Theory]
    [InlineData(RuleAction.Allow, "", "203.0.113.7", true)]
    [InlineData(RuleAction.Deny, "", "203.0.113.7", false)]
    [InlineData(RuleAction.Deny, "", "127.0.0.1", false)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.0/24", "203.0.113.0", true)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.0/24", "203.0.113.255", true)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.0/24", "203.0.114.0", false)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.0/24", "203.0.112.255", false)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.0/24;Deny 203.0.113.7", "203.0.113.7", false)]
    [InlineData(RuleAction.Deny, "Deny 203.0.113.7;Allow 203.0.113.7", "203.0.113.7", false)]
    [InlineData(RuleAction.Allow, "Deny 2001:db8::/32", "2001:db8:ffff::1", false)]
    [InlineData(RuleAction.Allow, "Deny 2001:db8::/32", "2001:db9::1", true)]
    [InlineData(RuleAction.Deny, "Allow 0.0.0.0/0", "2001:db8::1", false)]
    [InlineData(RuleAction.Deny, "Allow ::/0", "203.0.113.7", false)]
    [InlineData(RuleAction.Deny, "Allow ::/0", "::ffff:203.0.113.7", false)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.7", "::ffff:203.0.113.7", true)]
    // 6to4, NAT64 and Teredo of an allowed address are chosen by whoever runs the relay.
    [InlineData(RuleAction.Deny, "Allow 203.0.113.7", "2002:cb00:7107::1", false)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.7", "64:ff9b::cb00:7107", false)]
    [InlineData(RuleAction.Deny, "Allow 203.0.113.7", "2001:0:cb00:7107::1", false)]
    public void Admits_Address_AsTheRulesSay(RuleAction defaultAction, string rules, string address, bool admitted) =>
        Assert.Equal(admitted, RulesOf(defaultAction, rules).Admits(IPAddress.Parse(address)));

    /// <summary>Beside a reading of every rule, one after the other.</summary>
    [Fact]
    public void Admits_ManyRules_AsOneAfterTheOtherSays()
    {
        var random = new Random(20261127);
        for (var round = 0; round < 300; round++)
        {
            var rules = Enumerable.Range(0, random.Next(1, 200)).Select(_ => RandomRule(random)).ToList();
            var set = new NetworkRules(RuleAction.Deny, rules);
            for (var i = 0; i < 100; i++)
            {
                var address = i % 2 == 0 ? RandomAddress(random) : Near(random, rules[random.Next(rules.Count)].Range);
                Assert.Equal(Slow(rules, address), set.Admits(address));
            }
        }
    }

    [Fact]
    public void AdmitsPublic_Disabled_GoesBeforeEveryRule()
    {
        var network = new RegistryNetwork { Rules = RulesOf(RuleAction.Allow, "Allow 203.0.113.7"), IsPublic = false };
        Assert.False(network.AdmitsPublic(IPAddress.Parse("203.0.113.7")));
        Assert.False(network.AdmitsAll);
    }

    [Fact]
    public void AdmitsPublic_UnknownAddress_OnlyWhereEverybodyIs()
    {
        Assert.True(RegistryNetwork.Open.AdmitsPublic(null));
        Assert.False(new RegistryNetwork { Rules = RulesOf(RuleAction.Allow, "Deny 203.0.113.7") }.AdmitsPublic(null));
    }

    [Fact]
    public void Admits_200Rules_AllocatesNothing()
    {
        var random = new Random(1);
        var rules = new NetworkRules(RuleAction.Deny, Enumerable.Range(0, 200).Select(_ => RandomRule(random)));
        var address = IPAddress.Parse("203.0.113.7");
        rules.Admits(address);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            rules.Admits(address);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("Allow")]
    [InlineData("allow 203.0.113.7")]
    [InlineData("2 203.0.113.7")]
    [InlineData("Allow 203.0.113.7/24")]
    [InlineData("Allow 203.0.113.7 ")]
    public void Read_WhatNobodyWrote_IsNoRule(string line) => Assert.Throws<InvalidDataException>(() => AddressRule.Read(line));

    private static NetworkRules RulesOf(RuleAction defaultAction, string rules) => new(defaultAction, rules.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(AddressRule.Read));

    private static bool Slow(IEnumerable<AddressRule> rules, IPAddress address)
    {
        var matching = rules.Where(rule => IPNetwork.Parse(rule.Range.Text.Contains('/', StringComparison.Ordinal) ? rule.Range.Text : $"{rule.Range.Text}/{(rule.Range.IsIPv6 ? 128 : 32)}").Contains(address)).ToList();
        return matching.Count > 0 && matching.TrueForAll(rule => rule.Action == RuleAction.Allow);
    }

    private static AddressRule RandomRule(Random random)
    {
        var address = RandomAddress(random);
        var bits = address.GetAddressBytes().Length * 8;
        var length = random.Next(bits + 1);
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bits; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return AddressRule.Parse(random.Next(4) == 0 ? RuleAction.Deny : RuleAction.Allow, $"{new IPAddress(bytes)}/{length}");
    }

    private static IPAddress RandomAddress(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        // Few first bytes, so that networks overlap.
        bytes[0] = (byte)(0x20 + random.Next(3));
        return new IPAddress(bytes);
    }

    private static IPAddress Near(Random random, AddressRange range)
    {
        var number = random.Next(4) switch { 0 => range.First, 1 => range.Last, 2 => unchecked(range.First - 1), _ => unchecked(range.Last + 1) };
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(range.IsIPv6 ? bytes : bytes[12..]);
    }
}
