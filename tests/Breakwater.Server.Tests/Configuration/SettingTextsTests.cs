using Breakwater.Server.Configuration;

namespace Breakwater.Server.Tests.Configuration;

public sealed class SettingTextsTests
{
    [Theory]
    [InlineData("127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("localhost:5000", "127.0.0.1:5000")]
    [InlineData("0.0.0.0:0", "0.0.0.0:0")]
    [InlineData("[::1]:5443", "[::1]:5443")]
    public void Endpoint_AddressAndPort_IsRead(string text, string expected) => Assert.Equal(expected, SettingTexts.Endpoint(text)!.ToString());

    [Fact]
    public void Endpoint_Off_IsNull() => Assert.Null(SettingTexts.Endpoint("off"));

    [Theory]
    [InlineData("5000")]
    [InlineData(":5000")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.1:5000")]
    [InlineData("0177.0.0.1:5000")]
    [InlineData("::1:5000")]
    [InlineData("[127.0.0.1]:5000")]
    [InlineData("registry.example:5000")]
    [InlineData("OFF")]
    public void Endpoint_AnythingElse_Throws(string text) => Assert.Throws<FormatException>(() => SettingTexts.Endpoint(text));

    [Fact]
    public void Addresses_List_IsSplit() => Assert.Equal(["10.1.0.7", "fd00:1::/64"], SettingTexts.Addresses("10.1.0.7, fd00:1::/64").Select(range => range.Text));

    [Theory]
    [InlineData("10.1.0.7/16")]
    [InlineData("proxy.example")]
    [InlineData("::ffff:10.1.0.7")]
    public void Addresses_NotAddresses_Throws(string text) => Assert.Throws<FormatException>(() => SettingTexts.Addresses(text));

    [Fact]
    public void PrivateListeners_List_IsSplit() =>
        Assert.Equal(["vpn=10.8.0.1:443", "dmz=[fd00::1]:8443"], SettingTexts.PrivateListeners("vpn=10.8.0.1:443, dmz=[fd00::1]:8443").Select(listener => listener.ToString()));

    [Theory]
    [InlineData("10.8.0.1:443")]
    [InlineData("VPN=10.8.0.1:443")]
    [InlineData("vpn=10.8.0.1")]
    [InlineData("vpn=off")]
    [InlineData("vpn=0.0.0.0:443")]
    [InlineData("vpn=[::]:443")]
    [InlineData("vpn=10.8.0.1:443,vpn=10.8.0.2:443")]
    public void PrivateListeners_Wrong_Throws(string text) => Assert.Throws<FormatException>(() => SettingTexts.PrivateListeners(text));

    [Fact]
    public void NamedNetworks_List_IsGroupedByName() =>
        Assert.Equal("dmz=10.20.0.0/16,vpn=10.8.0.0/24,vpn=fd00:8::/64", SettingTexts.Text(SettingTexts.NamedNetworks("vpn=10.8.0.0/24, dmz=10.20.0.0/16, vpn=fd00:8::/64, vpn=10.8.0.0/24")));

    [Theory]
    [InlineData("vpn")]
    [InlineData("vpn=10.8.0.1/24")]
    [InlineData("VPN=10.8.0.0/24")]
    public void NamedNetworks_Wrong_Throws(string text) => Assert.Throws<FormatException>(() => SettingTexts.NamedNetworks(text));

    [Fact]
    public void NamedFiles_RelativePath_Throws() => Assert.Throws<FormatException>(() => SettingTexts.NamedFiles("vpn=ca.pem"));

    [Fact]
    public void Networks_List_IsSplit() => Assert.Equal(["10.1.0.0/16", "fd00:1::/64"], SettingTexts.Networks("10.1.0.0/16, fd00:1::/64").Select(network => network.ToString()));

    [Theory]
    [InlineData("10.1.2.3/16")]
    [InlineData("10.1/16")]
    [InlineData("010.0.0.0/8")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("fd00::1/64")]
    [InlineData("example.com")]
    [InlineData("*")]
    public void Networks_NotNetworks_Throws(string text) => Assert.Throws<FormatException>(() => SettingTexts.Networks(text));

    [Fact]
    public void HostNames_List_IsSplit() => Assert.Equal(["a.example", "10.0.0.1", "[fd00::1]"], SettingTexts.HostNames("a.example, 10.0.0.1,[fd00::1],"));

    [Theory]
    [InlineData("https://a.example")]
    [InlineData("a.example:5000")]
    [InlineData("a b")]
    public void HostNames_NotNames_Throws(string text) => Assert.Throws<FormatException>(() => SettingTexts.HostNames(text));
}
