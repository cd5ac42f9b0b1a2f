using System.Net;

namespace Breakwater.Server.Tests.Access;

public sealed class ThrottleTests(AccessHost host) : IClassFixture<AccessHost>
{
    private async Task<(HttpStatusCode Status, string Body, double? RetryAfter)> FailAsync(string name, int attempt)
    {
        using var response = await host.SendAsync("GET", "/v2/", AccessHost.Basic(name, $"wrong horse battery {attempt}"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    [Fact]
    public async Task Gate_ManyFailures_Are429WithTheSameBodyForEveryName()
    {
        using var remembered = await host.SendAsync("GET", "/v2/", AccessHost.Basic());
        Assert.Equal(HttpStatusCode.OK, remembered.StatusCode);
        for (var i = 0; i < 5; i++)
        {
            var (known, unknown) = (await FailAsync("owner", i), await FailAsync("nobody", i));
            Assert.Equal(HttpStatusCode.Unauthorized, known.Status);
            Assert.Equal(known, unknown);
        }

        var (sixth, other) = (await FailAsync("owner", 6), await FailAsync("nobody", 6));

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.Status);
        Assert.Contains("TOOMANYREQUESTS", sixth.Body, StringComparison.Ordinal);
        Assert.InRange(sixth.RetryAfter!.Value, 1, 60);
        Assert.Equal(sixth.Body, other.Body);
        using var token = await host.SendAsync("GET", "/oauth2/token", AccessHost.Basic("owner", "wrong horse battery 7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, token.StatusCode);

        // Who was signed in is not put out by the failures of somebody behind the same address.
        using var still = await host.SendAsync("GET", "/v2/", AccessHost.Basic());
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }
}
