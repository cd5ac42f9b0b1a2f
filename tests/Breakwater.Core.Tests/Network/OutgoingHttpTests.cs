using System.Net;
using Breakwater.Core.Network;

namespace Breakwater.Core.Tests.Network;

public sealed class OutgoingHttpTests
{
    [Theory]
    [InlineData("169.254.169.254", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("fe80::1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("ff02::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    public void IsForbidden_Address_IsAsDocumented(string address, bool forbidden) => Assert.Equal(forbidden, OutgoingHttp.IsForbidden(IPAddress.Parse(address)));

    [Fact]
    public async Task Get_LinkLocalAddress_IsNotConnectedTo()
    {
        using var client = OutgoingHttp.Create(authorities: null);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("http://169.254.169.254/latest/meta-data", TestContext.Current.CancellationToken));

        Assert.Contains("no address", error.Message, StringComparison.Ordinal);
    }
}
