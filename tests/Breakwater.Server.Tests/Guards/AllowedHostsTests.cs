using System.Net;
using Breakwater.Core.Registries;
using Breakwater.Server.Guards;

namespace Breakwater.Server.Tests.Guards;

public sealed class AllowedHostsTests
{
    private readonly AllowedHosts _hosts = AllowedHosts.For(new() { Hosts = ["registry.example", "fd00::1"], Https = new(IPAddress.Parse("192.0.2.1"), 443) }, Registries);

    private static RegistryDirectory Registries => new([new Registry(Guid.NewGuid(), "local", 1)]);

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5000")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("[::1]:5000")]
    [InlineData("registry.example")]
    [InlineData("registry.example:5443")]
    [InlineData("192.0.2.1")]
    [InlineData("[fd00::1]:1")]
    public void Allows_OwnName_Yes(string host) => Assert.True(_hosts.Allows(host, null));

    [Theory]
    [InlineData("")]
    [InlineData(":5000")]
    [InlineData("evil.example")]
    [InlineData("registry.example.evil.example")]
    [InlineData("registry.example:5000@evil.example")]
    [InlineData("registry.example:x")]
    [InlineData("10.0.0.1")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("*")]
    public void Allows_OtherName_No(string host) => Assert.False(_hosts.Allows(host, IPAddress.Loopback));

    [Theory]
    [InlineData("10.0.0.1:5000", "10.0.0.1", true)]
    [InlineData("10.0.0.1:5000", "::ffff:10.0.0.1", true)]
    [InlineData("10.0.0.2:5000", "10.0.0.1", false)]
    public void Allows_AddressOfTheConnection_Yes(string host, string local, bool allowed) => Assert.Equal(allowed, _hosts.Allows(host, IPAddress.Parse(local)));

    [Theory]
    [InlineData("local.localhost", true)]
    [InlineData("LOCAL.localhost:5000", true)]
    [InlineData("other.localhost", false)]
    [InlineData("x.local.localhost", false)]
    public void Allows_HostBelowTheDomain_OfARegistryOnly(string host, bool expected) => Assert.Equal(expected, _hosts.Allows(host, null));

    [Fact]
    public void Allows_Star_Any() => Assert.True(new AllowedHosts(["*"], Registries).Allows("any.example:1", null));
}
