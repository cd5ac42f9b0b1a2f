using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Breakwater.Server.Tests.Hosting;

public sealed partial class CorrelationTests
{
    private const string ClientId = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

    [Theory]
    [InlineData("", false)]
    [InlineData($"x-ms-correlation-request-id: {ClientId}\r\n", true)]
    [InlineData("x-ms-correlation-request-id: {3f2504e0-4f89-41d3-9a0c-0305e82c3301}\r\n", false)]
    [InlineData("x-ms-correlation-request-id: <script>\r\n", false)]
    [InlineData($"x-ms-correlation-request-id: {ClientId}\r\nx-ms-correlation-request-id: {ClientId}\r\n", false)]
    public async Task Answer_Any_CarriesAnId(string header, bool isClients)
    {
        await using var host = await HostUnderTest.StartAsync(change: settings => settings with { LogLevel = LogLevel.Critical });
        var answer = await host.SendRawAsync($"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n");
        var id = Id().Match(answer).Groups[1].Value;
        Assert.True(Guid.TryParse(id, out _), answer);
        Assert.Equal(isClients, id == ClientId);
    }

    [Fact]
    public async Task Answer_RefusedOrFailed_CarriesAnIdToo()
    {
        await using var host = await HostUnderTest.StartAsync(_ => throw new InvalidOperationException("inner matters"));
        var failed = await host.SendRawAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 500", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("inner matters", failed, StringComparison.Ordinal);
        Assert.Matches(Id(), failed);
        Assert.Matches(Id(), await host.SendRawAsync("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    [Fact]
    public async Task TraceIdentifier_InTheHandler_IsTheId()
    {
        await using var host = await HostUnderTest.StartAsync(context => context.Response.WriteAsync(context.TraceIdentifier));
        var answer = await host.SendRawAsync($"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-ms-correlation-request-id: {ClientId}\r\n\r\n");
        Assert.Contains($"{ClientId}\r\n0\r\n", answer, StringComparison.Ordinal);
    }

    [GeneratedRegex("X-Ms-Correlation-Request-Id: ([^\r]+)\r\n")]
    private static partial Regex Id();
}
