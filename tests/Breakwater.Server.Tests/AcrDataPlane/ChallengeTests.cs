using System.Net;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.AcrDataPlane;

/// <summary>What the routes of <c>/acr/v1</c> ask for, and that the answer comes before anything is looked up.</summary>
public sealed class ChallengeTests(AccessHost host) : IClassFixture<AccessHost>
{
    public static TheoryData<string, string, string> Demands =>
    [
        ("GET", "/acr/v1/_catalog", "registry:catalog:*"),
        ("GET", "/acr/v1/team/app", "repository:team/app:metadata_read"),
        ("GET", "/acr/v1/team%2Fapp/_manifests/sha256%3Aabc", "repository:team/app:metadata_read"),
        ("PATCH", "/acr/v1/team%2fapp", "repository:team/app:metadata_write"),
        ("DELETE", "/acr/v1/team/app?api-version=2021-07-01", "repository:team/app:delete"),
    ];

    [Theory]
    [MemberData(nameof(Demands))]
    public async Task Request_Anonymous_IsChallengedForTheScope(string method, string path, string scope)
    {
        using var response = await host.SendAsync(method, path);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(
            $"Bearer realm=\"http://{host.Authority}/oauth2/token\",service=\"{host.Authority}\",scope=\"{scope}\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [MemberData(nameof(Demands))]
    public async Task Request_TokenForTheScope_IsAdmittedAndForAnotherChallenged(string method, string path, string scope)
    {
        using var admitted = await host.SendAsync(method, path, await host.BearerAsync(scope));
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
        using var refused = await host.SendAsync(method, path, await host.BearerAsync("repository:team/app:pull,push"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains($"scope=\"{scope}\",error=\"insufficient_scope\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }
}
