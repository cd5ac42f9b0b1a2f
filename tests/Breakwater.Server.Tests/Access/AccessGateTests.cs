using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Breakwater.Server.Access;

namespace Breakwater.Server.Tests.Access;

public sealed class AccessGateTests(AccessHost host) : IClassFixture<AccessHost>
{
    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors")[0];

    [Theory]
    [InlineData("GET", "/v2/", "")]
    [InlineData("GET", "/v2/_catalog", ",scope=\"registry:catalog:*\"")]
    [InlineData("GET", "/v2/a/b/manifests/v1", ",scope=\"repository:a/b:pull\"")]
    [InlineData("HEAD", "/v2/a/b/manifests/v1", ",scope=\"repository:a/b:pull\"")]
    [InlineData("GET", "/v2/a%2Fb/manifests/v1", ",scope=\"repository:a/b:pull\"")]
    [InlineData("PUT", "/v2/a/b/manifests/v1", ",scope=\"repository:a/b:pull,push\"")]
    [InlineData("DELETE", "/v2/a/b/manifests/v1", ",scope=\"repository:a/b:delete\"")]
    [InlineData("POST", "/v2/a/b/blobs/uploads/", ",scope=\"repository:a/b:pull,push\"")]
    public async Task Gate_NoCredentials_Challenges(string method, string path, string scope)
    {
        using var response = await host.SendAsync(method, path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(
            $"Bearer realm=\"http://{host.Authority}/oauth2/token\",service=\"{host.Authority}\"{scope}",
            Assert.Single(response.Headers.GetValues("WWW-Authenticate")));
        Assert.Equal("registry/2.0", Assert.Single(response.Headers.GetValues("Docker-Distribution-Api-Version")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        if (method != "HEAD")
            Assert.Equal("UNAUTHORIZED", (await ErrorAsync(response)).GetProperty("code").GetString());
        else
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Gate_NoCredentials_NamesEachActionInTheBody()
    {
        using var response = await host.SendAsync("PUT", "/v2/a/b/manifests/v1");

        Assert.Equal(
            """[{"Type":"repository","Name":"a/b","Action":"pull"},{"Type":"repository","Name":"a/b","Action":"push"}]""",
            (await ErrorAsync(response)).GetProperty("detail").GetRawText());
    }

    [Theory]
    [InlineData("GET", "/v2/", "owner")]
    [InlineData("GET", "/v2/_catalog", "All")]
    [InlineData("GET", "/v2/a/b/manifests/v1", "owner a/b v1")]
    [InlineData("GET", "/v2/a%2Fb/manifests/sha256%3Aabc", "owner a/b sha256:abc")]
    [InlineData("GET", "/v2/a/tags/list/b/tags/list", "owner a/tags/list/b ")]
    [InlineData("PUT", "/v2/a/manifests/v1?tag=x", "owner a v1")]
    [InlineData("DELETE", "/v2/a/manifests/v1", "owner a v1")]
    [InlineData("GET", "/open", "open")]
    public async Task Gate_OwnerWithPassword_IsLetThrough(string method, string path, string expected)
    {
        using var response = await host.SendAsync(method, path, AccessHost.Basic());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", "/v2/a/b/manifests/v1", true)]
    [InlineData("GET", "/v2/", true)]
    [InlineData("PUT", "/v2/a/b/manifests/v1", false)]
    [InlineData("GET", "/v2/a/c/manifests/v1", false)]
    [InlineData("GET", "/v2/a/manifests/v1", false)]
    [InlineData("GET", "/v2/_catalog", false)]
    public async Task Gate_TokenForPullOfOneRepository_AllowsJustThat(string method, string path, bool allowed)
    {
        var token = await host.BearerAsync("repository:a/b:pull");

        using var response = await host.SendAsync(method, path, token);

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
        if (!allowed)
            Assert.EndsWith(",error=\"insufficient_scope\"", response.Headers.GetValues("WWW-Authenticate").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v2/a/manifests/v1")]
    [InlineData("PUT", "/v2/a/manifests/v1")]
    [InlineData("GET", "/v2/_catalog")]
    public async Task Gate_UserWithoutRole_IsDenied(string method, string path)
    {
        var name = $"nobody{Guid.NewGuid():N}";
        await host.CreateNobodyAsync(name);

        using var response = await host.SendAsync(method, path, AccessHost.Basic(name));
        using var root = await host.SendAsync("GET", "/v2/", AccessHost.Basic(name));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("DENIED", (await ErrorAsync(response)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, root.StatusCode);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic OnBhc3N3b3Jk")]
    [InlineData("Basic /zp4")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Negotiate abc")]
    [InlineData("Digest username=\"owner\"")]
    [InlineData("")]
    public async Task Gate_MalformedCredentials_Are401(string authorization)
    {
        var answer = await RawRequest.SendAsync(host.Port, "GET /v2/ HTTP/1.1", $"Authorization: {authorization}\r\n");

        Assert.Equal(401, RawRequest.StatusOf(answer));
        Assert.Contains("WWW-Authenticate: Bearer realm=", answer, StringComparison.Ordinal);
        Assert.Contains("UNAUTHORIZED", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_TwoAuthorizationHeaders_Are401()
    {
        var header = $"Authorization: {AccessHost.Basic()}\r\n";

        Assert.Equal(200, RawRequest.StatusOf(await RawRequest.SendAsync(host.Port, "GET /v2/ HTTP/1.1", header)));
        Assert.Equal(401, RawRequest.StatusOf(await RawRequest.SendAsync(host.Port, "GET /v2/ HTTP/1.1", header + header)));
    }

    [Fact]
    public async Task Gate_BasicInAnyLetterCase_IsUnderstood()
    {
        using var response = await host.SendAsync("GET", "/v2/", new AuthenticationHeaderValue("bAsIC", AccessHost.Basic().Parameter));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Gate_TokenUnderAnotherHost_IsRefused()
    {
        var token = await host.BearerAsync();

        var request = new HttpRequestMessage(HttpMethod.Get, "/v2/");
        request.Headers.Authorization = token;
        request.Headers.Host = $"localhost:{host.Port}";
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains($"realm=\"http://localhost:{host.Port}/", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gate_EndpointWithoutDemand_IsClosedToEverybody(bool signedIn)
    {
        using var response = await host.SendAsync("GET", "/forgotten", signedIn ? AccessHost.Basic() : null);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("DENIED", (await ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("PATCH", "/v2/a/manifests/v1", "DELETE, GET, HEAD, PUT")]
    [InlineData("POST", "/v2/", "GET")]
    [InlineData("DELETE", "/oauth2/token", "GET, POST")]
    public async Task Gate_OtherMethod_Is405WithAllow(string method, string path, string allow)
    {
        using var response = await host.SendAsync(method, path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow.Order()));
        Assert.Equal("UNSUPPORTED", (await ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("repository:a:push", "repository:b:pull", "b a")]
    [InlineData("repository:a:push", "repository:b:push", "no proof")]
    [InlineData("repository:a:pull,push", "repository:c:pull", "no proof")]
    public async Task TryGetRepositoryAccess_TokenLimits_Count(string scope, string other, string expected)
    {
        var token = await host.BearerAsync(scope, other);

        using var response = await host.SendAsync("POST", "/v2/a/blobs/uploads/?from=b", token);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RouteTable_EndpointWithoutDemand_IsNamed()
    {
        using var response = await host.SendAsync("GET", "/open");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        var refusal = Assert.Throws<InvalidOperationException>(() => RouteTable.Verify(host.Routes));

        Assert.Contains("GET /forgotten", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("manifests", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("GET HEAD /v2/~/manifests/{reference}                repository Pull\n", RouteTable.Describe(host.Routes), StringComparison.Ordinal);
    }
}
