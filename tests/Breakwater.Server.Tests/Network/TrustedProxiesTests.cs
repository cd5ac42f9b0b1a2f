using System.Net;
using Breakwater.Core.Network;
using Breakwater.Server.Network;

namespace Breakwater.Server.Tests.Network;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:40000", "203.0.113.7")]
    [InlineData("[2001:db8::7]:40000", "2001:db8::7")]
    [InlineData("[2001:db8::7]", "2001:db8::7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7", "203.0.113.7")]
    // Whatever the client wrote itself stands further left than the proxies that are there.
    [InlineData("203.0.113.7, 10.0.0.9", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7, 10.0.0.9", "203.0.113.7")]
    [InlineData("6.6.6.6, 10.0.0.8, 10.0.0.9", "10.0.0.8")]
    [InlineData("", "10.0.0.2")]
    [InlineData("unknown", "10.0.0.2")]
    [InlineData("203.0.113.7, _hidden", "10.0.0.2")]
    [InlineData("010.0.0.1", "10.0.0.2")]
    [InlineData("fe80::1%eth0", "10.0.0.2")]
    [InlineData("203.0.113.7,", "10.0.0.2")]
    public void Resolve_ForwardedFor_IsReadFromTheRight(string header, string client) =>
        Assert.Equal(IPAddress.Parse(client), Proxies(hops: 2).Resolve(IPAddress.Parse("10.0.0.2"), header, default).Client);

    [Theory]
    [InlineData("https", "203.0.113.7", "https")]
    [InlineData("http, https", "203.0.113.7", "https")]
    [InlineData("https, http", "203.0.113.7, 10.0.0.9", "https")]
    [InlineData("javascript", "203.0.113.7", null)]
    [InlineData("", "203.0.113.7", null)]
    public void Resolve_ForwardedProto_IsOfTheLastProxyThatIsTrusted(string proto, string addresses, string? scheme) =>
        Assert.Equal(scheme, Proxies(hops: 2).Resolve(IPAddress.Parse("10.0.0.2"), addresses, proto).Scheme);

    [Fact]
    public void Resolve_SeveralLines_AreOneList() =>
        Assert.Equal(IPAddress.Parse("203.0.113.7"), Proxies(hops: 1).Resolve(IPAddress.Parse("10.0.0.2"), new(["6.6.6.6", "203.0.113.7"]), default).Client);

    [Fact]
    public void Trusts_Others_Not() => Assert.False(Proxies(hops: 1).Trusts(IPAddress.Parse("203.0.113.7")));

    private static TrustedProxies Proxies(int hops) => new([AddressRange.Parse("10.0.0.0/24")], hops);
}
