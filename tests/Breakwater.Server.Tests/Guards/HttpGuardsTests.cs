using Breakwater.Server.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Tests.Guards;

/// <summary>Bytes on the wire against the status that they get: requests that must not reach any handler.</summary>
public sealed class HttpGuardsTests
{
    private const string Host = "Host: localhost\r\n", Close = "Connection: close\r\n", NoBody = "0\r\n\r\n";

    public static TheoryData<string, string, int> Requests => new()
    {
        { "plain", $"GET / HTTP/1.1\r\n{Host}{Close}\r\n", 200 },
        { "chunked body", $"POST / HTTP/1.1\r\n{Host}{Close}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n{NoBody}", 200 },
        { "chunked in capitals", $"POST / HTTP/1.1\r\n{Host}{Close}Transfer-Encoding: Chunked\r\n\r\n{NoBody}", 200 },
        { "one Authorization", $"GET / HTTP/1.1\r\n{Host}{Close}Authorization: Basic eDp5\r\n\r\n", 200 },
        { "absolute target", $"GET http://localhost/ HTTP/1.1\r\n{Host}{Close}\r\n", 200 },

        { "CL and TE", $"POST / HTTP/1.1\r\n{Host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{NoBody}", 400 },
        { "TE and CL", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n{NoBody}", 400 },
        { "TE gzip", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: gzip\r\n\r\n", 400 },
        { "TE gzip, chunked", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: gzip, chunked\r\n\r\n{NoBody}", 400 },
        { "TE identity", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: identity\r\n\r\n", 400 },
        { "TE twice", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n{NoBody}", 400 },
        { "TE with a space before the colon", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding : chunked\r\n\r\n{NoBody}", 400 },
        { "TE on HTTP/1.0", $"POST / HTTP/1.0\r\n{Host}Transfer-Encoding: chunked\r\n\r\n{NoBody}", 400 },
        { "CL twice", $"POST / HTTP/1.1\r\n{Host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400 },
        { "CL negative", $"POST / HTTP/1.1\r\n{Host}Content-Length: -5\r\n\r\n", 400 },
        { "two Authorization", $"GET / HTTP/1.1\r\n{Host}Authorization: Basic eDp5\r\nAuthorization: Bearer x\r\n\r\n", 400 },
        { "trailer announced", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n{NoBody}", 400 },
        { "bare LF after the request line", $"GET / HTTP/1.1\n{Host}\r\n", 400 },
        { "bare LF after a header", "GET / HTTP/1.1\r\nHost: localhost\n\r\n", 400 },
        { "folded header", $"GET / HTTP/1.1\r\n{Host}X-A: b\r\n c\r\n\r\n", 400 },
        { "no Host", "GET / HTTP/1.1\r\n\r\n", 400 },
        { "no Host on HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400 },
        { "two Hosts", $"GET / HTTP/1.1\r\n{Host}Host: localhost\r\n\r\n", 400 },
        { "Host with rubbish", "GET / HTTP/1.1\r\nHost: local host\r\n\r\n", 400 },
        { "target and Host differ", $"GET http://evil.example/ HTTP/1.1\r\n{Host}\r\n", 400 },
        { "long request line", $"GET /{new string('a', 9000)} HTTP/1.1\r\n{Host}\r\n", 414 },
        { "too many header bytes", $"GET / HTTP/1.1\r\n{Host}X-A: {new string('a', 33000)}\r\n\r\n", 431 },
        { "too many headers", $"GET / HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Repeat("X-A: b\r\n", 101))}\r\n", 431 },

        { "foreign Host", $"GET / HTTP/1.1\r\nHost: evil.example\r\n{Close}\r\n", 421 },
        { "foreign address", $"GET / HTTP/1.1\r\nHost: 10.1.2.3\r\n{Close}\r\n", 421 },
        { "TRACE", $"TRACE / HTTP/1.1\r\n{Host}\r\n", 405 },
        { "OPTIONS", $"OPTIONS / HTTP/1.1\r\n{Host}\r\n", 405 },
        { "OPTIONS *", $"OPTIONS * HTTP/1.1\r\n{Host}\r\n", 405 },
        { "CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n", 405 },
        { "unknown method", $"BREW / HTTP/1.1\r\n{Host}\r\n", 405 },
        { "method in small letters", $"get / HTTP/1.1\r\n{Host}\r\n", 405 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_OnTheWire_GetsItsStatus(string name, string request, int status)
    {
        var handled = false;
        await using var host = await HostUnderTest.StartAsync(async context =>
        {
            handled = true;
            await context.Request.Body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
            await context.Response.WriteAsync("handled");
        });
        var answer = await host.SendRawAsync(request);
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{name}: {answer}");
        Assert.Equal(status == 200, handled);
        // One answer only: what follows a disputed request is not a request.
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }

    [Fact]
    public async Task Refusal_Body_IsTheProtocolsOwn()
    {
        await using var host = await HostUnderTest.StartAsync();
        var answer = await host.SendRawAsync($"TRACE / HTTP/1.1\r\n{Host}\r\n");
        Assert.Contains("Allow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("{\"errors\":[{\"code\":\"UNSUPPORTED\",\"message\":", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smuggled_RequestInTheBody_IsNotServed()
    {
        var paths = new List<string>();
        await using var host = await HostUnderTest.StartAsync(context =>
        {
            paths.Add(context.Request.Path);
            return Task.CompletedTask;
        });
        var inner = $"GET /inner HTTP/1.1\r\n{Host}\r\n";
        await host.SendRawAsync($"POST /outer HTTP/1.1\r\n{Host}Content-Length: {5 + inner.Length}\r\nTransfer-Encoding: chunked\r\n\r\n{NoBody}{inner}");
        Assert.Empty(paths);
    }

    [Fact]
    public async Task Trailer_Unannounced_NeverBecomesAHeader()
    {
        string? seen = null;
        await using var host = await HostUnderTest.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
            seen = context.Request.Headers.Authorization.ToString();
        });
        await host.SendRawAsync($"POST / HTTP/1.1\r\n{Host}{Close}Transfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: Basic eDp5\r\n\r\n");
        Assert.Equal("", seen);
    }
}
