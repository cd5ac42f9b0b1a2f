using System.Text;
using Breakwater.Oci;
using Breakwater.Server.Errors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Breakwater.Server.Tests.Errors;

public sealed class ErrorMiddlewareTests
{
    private static async Task<(DefaultHttpContext Context, string Body)> RunAsync(RequestDelegate endpoint, string method = "GET")
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = "/v2/" }, Response = { Body = new MemoryStream() } };
        await new ErrorMiddleware(endpoint, NullLogger<ErrorMiddleware>.Instance).InvokeAsync(context);
        return (context, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }

    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new OciException(OciErrors.ManifestUnknown, "No manifest.", new { tag = "v1" }), 404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"No manifest.","detail":{"tag":"v1"}}]}""" },
        { new BadHttpRequestException("secret", 413), 413, """{"errors":[{"code":"SIZE_INVALID",""" },
        { new BadHttpRequestException("secret", 400), 400, """{"errors":[{"code":"UNSUPPORTED",""" },
        { new BadHttpRequestException("secret", 408), 408, """{"errors":[{"code":"UNSUPPORTED",""" },
        { new InvalidOperationException("secret"), 500, """{"errors":[{"code":"UNKNOWN",""" },
        { new OperationCanceledException("secret"), 500, """{"errors":[{"code":"UNKNOWN",""" },
        { new OciException(OciErrors.Unavailable, inner: new IOException("secret")), 503, """{"errors":[{"code":"UNAVAILABLE",""" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Failure_BeforeTheAnswer_BecomesARowOfTheTable(Exception failure, int status, string bodyStart)
    {
        var (context, body) = await RunAsync(_ => throw failure);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.StartsWith(bodyStart, body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Equal("application/json", context.Response.ContentType);
        Assert.Equal(status == 503, context.Response.Headers.RetryAfter.Count > 0);
    }

    [Fact]
    public async Task Failure_OfHead_HasNoBody()
    {
        var (context, body) = await RunAsync(_ => throw new OciException(OciErrors.BlobUnknown), "HEAD");

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Empty(body);
    }

    [Fact]
    public async Task Failure_AfterContentHeadersWereSet_TakesThemBack()
    {
        var (context, _) = await RunAsync(c =>
        {
            c.Response.Headers["Docker-Content-Digest"] = "sha256:abc";
            c.Response.Headers.ETag = "\"x\"";
            c.Response.Headers["X-Ms-Correlation-Request-Id"] = "id";
            throw new OciException(OciErrors.BlobUnknown);
        });

        Assert.Equal(["Content-Length", "Content-Type", "X-Content-Type-Options", "X-Ms-Correlation-Request-Id"], context.Response.Headers.Keys.Order());
    }

    [Fact]
    public async Task Failure_ClientIsGone_IsNoAnswer()
    {
        foreach (var failure in new Exception[] { new ConnectionResetException("reset"), new OperationCanceledException() })
        {
            var lifetime = new Lifetime(gone: true);
            var (_, body) = await RunAsync(context =>
            {
                context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
                throw failure;
            });

            Assert.Empty(body);
            Assert.True(lifetime.Aborted);
        }
    }

    [Fact]
    public async Task Failure_AfterTheAnswerBegan_CutsTheConnection()
    {
        var lifetime = new Lifetime(gone: false);
        var (_, body) = await RunAsync(context =>
        {
            context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
            context.Features.Set<IHttpResponseFeature>(new Started());
            throw new InvalidOperationException("secret");
        });

        Assert.Empty(body);
        Assert.True(lifetime.Aborted);
    }

    private sealed class Lifetime(bool gone) : IHttpRequestLifetimeFeature
    {
        public bool Aborted { get; private set; }

        public CancellationToken RequestAborted { get; set; } = new(gone);

        public void Abort() => Aborted = true;
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
