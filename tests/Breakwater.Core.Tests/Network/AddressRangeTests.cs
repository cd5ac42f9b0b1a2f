using Breakwater.Core.Identity;
using Breakwater.Core.Network;

namespace Breakwater.Core.Tests.Network;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("203.0.113.7/32")]
    [InlineData("203.0.113.0/24")]
    [InlineData("0.0.0.0/0")]
    [InlineData("255.255.255.255")]
    [InlineData("2001:db8::7")]
    [InlineData("2001:db8::7/128")]
    [InlineData("2001:db8::/32")]
    [InlineData("::/0")]
    [InlineData("2002:cb00:7107::/48")]
    public void Parse_CanonicalText_IsTakenAndShownAsItIs(string text) => Assert.Equal(text, AddressRange.Parse(text).ToString());

    [Theory]
    [InlineData("203.0.113.7/24", "203.0.113.0/24")]
    [InlineData("2001:DB8::7", "2001:db8::7")]
    [InlineData("2001:0db8::0:7", "2001:db8::7")]
    [InlineData("2001:db8::7/32", "2001:db8::/32")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("010.0.0.1", "without leading zeros")]
    [InlineData("10.1", "four decimal numbers")]
    [InlineData("0x0a000001", "four decimal numbers")]
    [InlineData("fe80::1%eth0", "zone")]
    [InlineData("203.0.113.7:443", "port")]
    [InlineData("[2001:db8::7]", "port or brackets")]
    [InlineData("[2001:db8::7]:443", "port or brackets")]
    [InlineData("203.0.113.0/33", "0 to 32")]
    [InlineData("2001:db8::/129", "0 to 128")]
    [InlineData("203.0.113.0/024", "prefix length")]
    [InlineData("203.0.113.0/-1", "prefix length")]
    [InlineData("203.0.113.0/255.255.255.0", "prefix length")]
    [InlineData("203.0.113.0/", "prefix length")]
    [InlineData("example.com", "no address")]
    [InlineData(" 203.0.113.7", "no address")]
    [InlineData("", "no address")]
    [InlineData("203.0.113.7-203.0.113.9", "no address")]
    public void Parse_AnythingElse_IsRefusedWithWhatToWrite(string text, string told) =>
        Assert.Contains(told, Assert.Throws<InvalidValueException>(() => AddressRange.Parse(text)).Message, StringComparison.Ordinal);
}
