using System.Net;
using System.Net.Sockets;
using Breakwater.Core.Network;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Network;

public sealed class GlobalAddressTests
{
    private static readonly EgressGuard Closed = new([]);

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.0", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.128.0.0", true)]
    [InlineData("223.255.255.255", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("2a00:1450::1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.1.2.3", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.255", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("::ffff:168.63.129.16", false)]
    [InlineData("168.63.129.17", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.88.99.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("198.51.100.1", false)]
    [InlineData("203.0.113.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::8.8.8.8", false)]
    [InlineData("64:ff9b:1::1", false)]
    [InlineData("100::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:2::1", false)]
    [InlineData("2001:10::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:808:808::1", false)]
    [InlineData("3fff::1", false)]
    [InlineData("5f00::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Allows_NothingConfigured_ThePublicInternetOnly(string address, bool allowed) => Assert.Equal(allowed, Closed.Allows(IPAddress.Parse(address)));

    [Fact]
    public void Allows_ConfiguredNetwork_IsOpenAndNothingBesideIt()
    {
        var guard = new EgressGuard([IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("fd00:1::/64"), IPNetwork.Parse("169.254.0.0/16")]);

        Assert.True(guard.Allows(IPAddress.Parse("10.1.2.3")));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.True(guard.Allows(IPAddress.Parse("fd00:1::5")));
        Assert.False(guard.Allows(IPAddress.Parse("10.2.0.1")));
        Assert.False(guard.Allows(IPAddress.Parse("fd00:2::5")));
        // Never, whatever is configured.
        Assert.False(guard.Allows(IPAddress.Parse("169.254.169.254")));
    }

    [Theory]
    [InlineData("168.63.129.16")]
    [InlineData("::ffff:168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("::ffff:100.100.100.200")]
    [InlineData("fd00:ec2::254")]
    [InlineData("169.254.169.254")]
    [InlineData("fe80::1")]
    public void Allows_ServicesOfClouds_NeverWhateverIsConfigured(string address)
    {
        var everything = new EgressGuard([IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0"), IPNetwork.Parse("fd00:ec2::/32"), IPNetwork.Parse("100.100.100.200/32")]);

        Assert.False(everything.Allows(IPAddress.Parse(address)));
        Assert.True(OutgoingHttp.IsForbidden(IPAddress.Parse(address)));
        Assert.True(everything.Allows(IPAddress.Parse("100.100.100.201")));
    }

    [Fact]
    public void Allows_CloudServiceWithScope_IsNever() =>
        Assert.False(new EgressGuard([IPNetwork.Parse("::/0")]).Allows(new IPAddress(IPAddress.Parse("fd00:ec2::254").GetAddressBytes(), scopeid: 3)));

    [Property]
    public bool Allows_AnyIPv4_IsTheSameWhenMapped(byte a, byte b, byte c, byte d)
    {
        var address = new IPAddress([a, b, c, d]);
        return Closed.Allows(address) == Closed.Allows(address.MapToIPv6());
    }

    /// <summary>Against the ranges as numbers, written another way.</summary>
    [Property(MaxTest = 2000)]
    public bool Allows_AnyIPv4_AgreesWithTheTable(byte a, byte b, byte c, byte d)
    {
        var denied = a is 0 or 10 or 127 or >= 224
            || (a == 100 && b is >= 64 and <= 127) || (a == 169 && b == 254) || (a == 172 && b is >= 16 and <= 31) || (a == 192 && b == 168) || (a == 198 && b is 18 or 19 && a == 198)
            || (a, b, c, d) is (168, 63, 129, 16)
            || (a, b, c) is (192, 0, 0) or (192, 0, 2) or (192, 31, 196) or (192, 52, 193) or (192, 88, 99) or (192, 175, 48) or (198, 51, 100) or (203, 0, 113);
        return Closed.Allows(new IPAddress([a, b, c, d])) == !denied;
    }

    /// <summary>Wherever another address stands in it: a translator could lead to that one.</summary>
    [Property]
    public Property Allows_IPv4InsideOfIPv6_IsNever() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i), 4).ToArbitrary(),
        v4 => new byte[][]
        {
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. v4],
            [0x20, 0x02, .. v4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
            [0x20, 0x01, 0, 0, .. v4, 0, 0, 0, 0, .. v4],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. v4],
        }.All(bytes => !Closed.Allows(new IPAddress(bytes))));

    [Property]
    public Property Allows_IPv6OutsideOfUnicast_IsNever() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i), 16).ToArbitrary(),
        bytes =>
        {
            var address = new IPAddress(bytes);
            return address.AddressFamily == AddressFamily.InterNetworkV6 && ((bytes[0] & 0xE0) == 0x20 || address.IsIPv4MappedToIPv6 || !Closed.Allows(address));
        });

    [Fact]
    public void Allows_AddressWithScope_IsNever() => Assert.False(Closed.Allows(new IPAddress(IPAddress.Parse("2606:4700::1").GetAddressBytes(), scopeid: 3)));
}
