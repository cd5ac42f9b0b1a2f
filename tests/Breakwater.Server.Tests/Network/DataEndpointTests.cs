using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Core.Blobs;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Network;

/// <summary>Signed addresses of whoever may pull, by every way to sign in: they open what was asked for, and end with the right.</summary>
public sealed class DataEndpointTests : IClassFixture<MatrixHost>, IAsyncLifetime
{
    private readonly MatrixHost host;
    private readonly HttpClient client;

    public DataEndpointTests(MatrixHost host)
    {
        this.host = host;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Client.BaseAddress };
    }

    public async ValueTask InitializeAsync() => await host.ChangeRegistryAsync(new { dataEndpointEnabled = true });

    [Fact]
    public async Task Address_OfAUser_OpensTheBlob()
    {
        using var answer = await FollowAsync(await RedirectAsync(MatrixHost.Basic("owner")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(host.Standing.Blob, answer.Headers.GetValues("Docker-Content-Digest").Single());
        Assert.True(answer.Headers.CacheControl!.Private);
    }

    [Fact]
    public async Task Address_OfABearerTokenForPulling_OpensTheBlob()
    {
        var scope = Uri.EscapeDataString($"repository:{host.Standing.Repository}:pull");
        using var tokens = await SendAsync("GET", $"/oauth2/token?scope={scope}", MatrixHost.Basic("owner"));
        var token = (string)JsonNode.Parse(await tokens.Content.ReadAsStringAsync(Stop))!["access_token"]!;
        using var answer = await FollowAsync(await RedirectAsync(new AuthenticationHeaderValue("Bearer", token)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Address_OfARepositoryToken_EndsWhenItIsDisabled()
    {
        var credentials = await host.Make.TokenWithAsync(host.Standing, "content/read");
        var address = await RedirectAsync(credentials);
        using (var answer = await FollowAsync(address))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var name = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(credentials.Parameter!)).Split(':')[0];
        await host.Make.SendAsync("PATCH", new Sent($"{host.Standing.Registry}/tokens/{name}?api-version=2022-04-01", new { properties = new { status = "disabled" } }));
        using var refused = await FollowAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Address_OfNobody_EndsWithAnonymousPull()
    {
        await host.ChangeRegistryAsync(new { anonymousPullEnabled = true });
        var address = "";
        try
        {
            using var tokens = await SendAsync("GET", $"/oauth2/token?scope={Uri.EscapeDataString($"repository:{host.Standing.Repository}:pull")}", null);
            address = await RedirectAsync(new AuthenticationHeaderValue("Bearer", (string)JsonNode.Parse(await tokens.Content.ReadAsStringAsync(Stop))!["access_token"]!));
            using var answer = await FollowAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            await host.ChangeRegistryAsync(new { anonymousPullEnabled = false });
        }
        using var refused = await FollowAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    /// <summary>The address as it was given, not one with another time in it: that is not signed.</summary>
    [Fact]
    public async Task Address_WhoseMinutesHavePassed_OpensNothing()
    {
        var address = await RedirectAsync(MatrixHost.Basic("owner"));
        try
        {
            host.Clock.By = DataAddresses.Life - TimeSpan.FromSeconds(30);
            using (var still = await FollowAsync(address))
                Assert.Equal(HttpStatusCode.OK, still.StatusCode);
            host.Clock.By = DataAddresses.Life;
            using (var over = await FollowAsync(address))
                Assert.Equal(HttpStatusCode.Forbidden, over.StatusCode);
            using var anew = await FollowAsync(await RedirectAsync(MatrixHost.Basic("owner")));
            Assert.Equal(HttpStatusCode.OK, anew.StatusCode);
        }
        finally
        {
            host.Clock.By = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task Address_OfARepositoryMadeAnew_OpensNothing()
    {
        var target = await host.Make.BlobAsync(await host.Make.RepositoryAsync(host.Standing));
        var address = await RedirectAsync(MatrixHost.Basic("owner"), target);
        await host.Make.SendAsync("DELETE", new Sent($"/acr/v1/{target.Repository}"));
        using (var gone = await FollowAsync(address))
            Assert.Equal(HttpStatusCode.Forbidden, gone.StatusCode);
        await host.Make.ManifestAsync(target);
        using var other = await FollowAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await host.ChangeRegistryAsync(new { dataEndpointEnabled = false });
        client.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<string> RedirectAsync(AuthenticationHeaderValue credentials, Targets? of = null)
    {
        var target = of ?? host.Standing;
        using var answer = await SendAsync("GET", $"/v2/{target.Repository}/blobs/{target.Blob}", credentials);
        Assert.True(answer.StatusCode == HttpStatusCode.TemporaryRedirect, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
        return answer.Headers.Location!.AbsoluteUri;
    }

    /// <summary>As a client would whose resolver knows the name.</summary>
    private async Task<HttpResponseMessage> FollowAsync(string address)
    {
        var uri = new Uri(address);
        var request = new HttpRequestMessage(HttpMethod.Get, uri.PathAndQuery);
        request.Headers.Host = uri.Authority;
        return await client.SendAsync(request, Stop);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, AuthenticationHeaderValue? credentials)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = credentials;
        return await client.SendAsync(request, Stop);
    }
}
