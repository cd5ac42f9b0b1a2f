namespace Breakwater.Server.Tests.Access;

public sealed class RepositoryPathTests(AccessHost host) : IClassFixture<AccessHost>
{
    private Task<string> GetAsync(string target) =>
        RawRequest.SendAsync(host.Port, $"GET {target.Replace("HOST", host.Authority, StringComparison.Ordinal)} HTTP/1.1", $"Authorization: {AccessHost.Basic()}\r\n");

    /// <summary>Whatever the spelling, the inner form answers as no route or a bad request, and never as an endpoint.</summary>
    [Theory]
    [InlineData("/v2/~/manifests/v1")]
    [InlineData("/v2/%7E/manifests/v1")]
    [InlineData("/v2/%7e/manifests/v1")]
    [InlineData("/V2/~/manifests/v1")]
    [InlineData("/%76%32/~/manifests/v1")]
    [InlineData("/v%32/~/manifests/v1")]
    [InlineData("/v2%2F~/manifests/v1")]
    [InlineData("/x/../v2/~/manifests/v1")]
    [InlineData("/./v2/~/manifests/v1")]
    [InlineData("/%2e/v2/~/manifests/v1")]
    [InlineData("/v2/./~/manifests/v1")]
    [InlineData("/v2/a/../~/manifests/v1")]
    [InlineData("/v2/a/%2e%2e/~/manifests/v1")]
    [InlineData("//v2/~/manifests/v1")]
    [InlineData("/v2//~/manifests/v1")]
    [InlineData("/v2/~/~/manifests/v1")]
    [InlineData("http://HOST/v2/~/manifests/v1")]
    [InlineData("http://HOST/V2/~/manifests/v1")]
    [InlineData("/v2/~/tags/list")]
    [InlineData("/V2/")]
    [InlineData("/V2/_catalog")]
    [InlineData("/v2/%5fcatalog")]
    [InlineData("/v2/a/manifests/v1/")]
    [InlineData("/v2/a/manifests/")]
    [InlineData("/v2/manifests/v1")]
    [InlineData("/v2/a/b")]
    [InlineData("/v2/A/manifests/v1")]
    [InlineData("/v2/a%252Fb/manifests/v1")]
    [InlineData("/v2/a/../../open")]
    [InlineData("/acr/v1/~")]
    [InlineData("/acr/v1/~/_manifests/v1")]
    [InlineData("/acr/v1/%7E")]
    [InlineData("/ACR/v1/~")]
    [InlineData("/acr/V1/~")]
    [InlineData("/acr%2Fv1/~")]
    [InlineData("/x/../acr/v1/~")]
    [InlineData("/acr/./v1/~")]
    [InlineData("/acr/v1/./~")]
    [InlineData("/acr/v1//~")]
    [InlineData("//acr/v1/~")]
    [InlineData("http://HOST/acr/v1/~")]
    [InlineData("/acr/v1")]
    [InlineData("/acr/v1/")]
    [InlineData("/acr/v1/%5fcatalog")]
    [InlineData("/acr/v1/_deleted/_catalog")]
    [InlineData("/acr/v1/_deleted/~")]
    [InlineData("/acr/v1/_deleted/~/_tags")]
    [InlineData("/acr/v1/_deleted%2F~/_tags")]
    [InlineData("/acr/v1/_DELETED/~/_tags")]
    [InlineData("/acr/v1/./_deleted/~/_tags")]
    [InlineData("/acr/v1/_deleted//~/_tags")]
    [InlineData("/acr/v1/_deleted/a/_streaming")]
    [InlineData("/acr/v1/a/_streaming")]
    [InlineData("/acr/v1/a%252Fb")]
    [InlineData("http://HOST?x=/v2/a/manifests/v1")]
    [InlineData("http://HOST?x=/v2/~/manifests/v1")]
    [InlineData("/nothing")]
    [InlineData("/")]
    public async Task Path_InnerFormOrNoRoute_IsRefused(string target)
    {
        var answer = await GetAsync(target);

        Assert.Contains(RawRequest.StatusOf(answer), new[] { 400, 404 });
        Assert.Contains("{\"errors\":[{\"code\":", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/a%252Fb/manifests/v1", "400", "UNSUPPORTED")]
    [InlineData("/v2/A/manifests/v1", "400", "NAME_INVALID")]
    [InlineData("/v2/a/b", "404", "UNSUPPORTED")]
    public async Task Path_Refusals_NeedNoSignIn(string target, string status, string code)
    {
        var answer = await RawRequest.SendAsync(host.Port, $"GET {target} HTTP/1.1");

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/a/manifests/v1", "owner a v1")]
    [InlineData("/v2/a/manifests/v1?x=/v2/b/manifests/v2", "owner a v1")]
    [InlineData("http://HOST/v2/a/manifests/v1", "owner a v1")]
    [InlineData("/v2/a%2fb%2Fc/manifests/v1", "owner a/b/c v1")]
    [InlineData("/v2/a/manifests/x/manifests/v1", "owner a/manifests/x v1")]
    [InlineData("/acr/v1/a", "owner a ")]
    [InlineData("/acr/v1/a%2Fb?api-version=2021-07-01", "owner a/b ")]
    [InlineData("/acr/v1/a%2fb%2F_manifests%2fsha256%3Aabc", "owner a/b sha256:abc")]
    [InlineData("http://HOST/acr/v1/a/b/_manifests/x", "owner a/b x")]
    [InlineData("/v2", "owner")]
    [InlineData("/v2/?n=1", "owner")]
    public async Task Path_Repository_ReachesItsEndpoint(string target, string expected)
    {
        var answer = await GetAsync(target);

        Assert.Equal(200, RawRequest.StatusOf(answer));
        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }
}
