using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Testing.Hosting;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>An upload belongs to who began it, not to the token that it was begun with.</summary>
public sealed class UploadSessionTests
{
    [Fact]
    public async Task Upload_OtherTokenOfTheSamePrincipal_GoesOn_OtherPrincipalFindsNothing()
    {
        await using var registry = await ManagedRegistry.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{registry.Server.HttpAuthority}") };
        var (id, appId, secret) = await registry.CreateServiceAsync("other");
        await registry.AssignAsync(id, "8311e382-0749-4cb8-b61a-304f252e45ec");
        var owner = (ServerProcess.OwnerName, ServerProcess.OwnerPassword);

        using var begun = await SendAsync(HttpMethod.Post, "/v2/team/app/blobs/uploads/", owner);
        var location = begun.Headers.Location!.ToString();
        using var other = await SendAsync(HttpMethod.Patch, location, (appId, secret), "other");
        using var patched = await SendAsync(HttpMethod.Patch, location, owner, "hello");
        using var done = await SendAsync(
            HttpMethod.Put, patched.Headers.Location + "?digest=sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", owner);

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.Accepted, HttpStatusCode.Created),
            (begun.StatusCode, other.StatusCode, patched.StatusCode, done.StatusCode));

        // A new token every time.
        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, (string Name, string Password) by, string? body = null)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, "/oauth2/token?scope=repository:team/app:pull,push");
            asked.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{by.Name}:{by.Password}")));
            using var answer = await client.SendAsync(asked, TestContext.Current.CancellationToken);
            var token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["token"]!;
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/octet-stream")) };
            request.Headers.Authorization = new("Bearer", token);
            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }
}
