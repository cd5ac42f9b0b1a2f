using System.Text;
using Breakwater.Core.Network;
using Breakwater.Server.Network;
using Breakwater.Server.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Tests.Network;

/// <summary>The listeners, told about proxies in front of them.</summary>
public sealed class ProxiedConnectionTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static readonly byte[] Signature = Encoding.Latin1.GetBytes("\r\n\r\n\0\r\nQUIT\n");

    [Fact]
    public async Task Header_FromANamedProxy_NamesTheClient()
    {
        await using var host = await StartAsync("127.0.0.0/8");
        var answer = await host.SendRawAsync(Header([203, 0, 113, 7], [192, 0, 2, 1]) + Request);
        Assert.Contains("203.0.113.7 by 127.0.0.1", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_BeforeTls_NamesTheClient()
    {
        await using var host = await StartAsync("127.0.0.0/8");
        Assert.Contains("203.0.113.7 by 127.0.0.1", await host.SendRawTlsAsync("localhost", Request, Header([203, 0, 113, 7], [192, 0, 2, 1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoHeader_FromANamedProxy_IsClosed()
    {
        await using var host = await StartAsync("127.0.0.0/8");
        await Assert.ThrowsAsync<IOException>(() => host.SendRawAsync(Request));
    }

    [Fact]
    public async Task Header_FromAnybodyElse_IsAMalformedRequest()
    {
        await using var host = await StartAsync("10.0.0.0/8");
        Assert.StartsWith("HTTP/1.1 400", await host.SendRawAsync(Header([203, 0, 113, 7], [192, 0, 2, 1]) + Request), StringComparison.Ordinal);
    }

    private static Task<HostUnderTest> StartAsync(string proxies) => HostUnderTest.StartAsync(
        context => context.Response.WriteAsync($"{context.Connection.RemoteIpAddress} by {ProxyAddress.Of(context)?.Address}"),
        settings => settings with { ProxyProtocol = [AddressRange.Parse(proxies)] });

    private static string Header(byte[] source, byte[] destination) =>
        Encoding.Latin1.GetString([.. Signature, 0x21, 0x11, 0, 12, .. source, .. destination, 0x9C, 0x40, 0x01, 0xBB]);
}
