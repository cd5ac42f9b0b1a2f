using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Core.Access;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>Usage as its clients ask for it, and who sees which names.</summary>
public sealed class UsageEndpointTests(MatrixHost host) : IClassFixture<MatrixHost>, IAsyncLifetime
{
    private const string Version = "?api-version=2025-11-01", Index = "application/vnd.oci.image.index.v1+json";

    private readonly string _team = $"t{Guid.NewGuid():N}";

    private string Mine => $"{_team}/mine";

    public async ValueTask InitializeAsync() => await host.SetModeAsync(abac: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task PushAsync(string repository, string tag) =>
        (await host.Make.SendAsync("PUT", new Sent($"/v2/{repository}/manifests/{tag}", Bytes: MatrixTargets.Manifest(), Type: Index))).Dispose();

    private async Task<HttpStatusCode> PullAsync(string method, string reference, Action<HttpRequestHeaders>? more = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v2/{Mine}/manifests/{reference}");
        request.Headers.Authorization = MatrixTargets.Maker;
        more?.Invoke(request.Headers);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync(string tail, AuthenticationHeaderValue? credentials = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, tail.StartsWith("http", StringComparison.Ordinal) ? tail : $"{host.Standing.Registry}/usage{tail}");
        request.Headers.Authorization = credentials ?? MatrixTargets.Maker;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private async Task<List<string>> NamesAsync(AuthenticationHeaderValue? credentials = null, string query = "")
    {
        var names = new List<string>();
        for (var next = $"{Version}{query}"; next is not null;)
        {
            var (status, answer) = await AskAsync(next, credentials);
            Assert.Equal(HttpStatusCode.OK, status);
            names.AddRange(answer["value"]!.AsArray().Select(item => (string)item!["name"]!));
            next = (string?)answer["nextLink"];
        }
        return names;
    }

    [Fact]
    public async Task Tags_AfterPulls_CountGetsOnly()
    {
        await PushAsync(Mine, "v1");
        var (_, before) = await AskAsync($"/tags{Version}&repository={Mine}");
        var digest = (string)before["value"]![0]!["digest"]!;
        Assert.Null(before["value"]![0]!["lastPullTime"]);

        Assert.Equal(HttpStatusCode.OK, await PullAsync("GET", "v1"));
        Assert.Equal(HttpStatusCode.OK, await PullAsync("GET", digest));
        Assert.Equal(HttpStatusCode.OK, await PullAsync("HEAD", "v1"));
        Assert.Equal(HttpStatusCode.NotModified, await PullAsync("GET", "v1", headers => headers.TryAddWithoutValidation("If-None-Match", $"\"{digest}\"")));
        Assert.Equal(HttpStatusCode.NotModified, await PullAsync("HEAD", "v1", headers => headers.TryAddWithoutValidation("If-None-Match", $"\"{digest}\"")));
        Assert.Equal(HttpStatusCode.NotFound, await PullAsync("GET", "v1", headers => headers.TryAddWithoutValidation("Accept", "application/vnd.docker.distribution.manifest.v2+json")));
        Assert.Equal(HttpStatusCode.NotFound, await PullAsync("GET", "absent"));
        await host.WritePullsAsync();

        var (_, after) = await AskAsync($"/tags{Version}&repository={Mine}");
        var tag = after["value"]![0]!;
        Assert.Equal((2, 3), ((long)tag["pullCount"]!, (long)tag["manifestPullCount"]!));
        Assert.Equal((3, 1), ((long)after["repository"]!["pullCount"]!, (long)after["repository"]!["pushCount"]!));
        Assert.Equal((long)after["repository"]!["sizeBytes"]!, (long)tag["uniqueBytes"]!);
        Assert.NotNull(tag["lastPullTime"]);
        var attributes = await host.Make.JsonAsync("GET", new Sent($"/acr/v1/{Mine}/_tags/v1"));
        Assert.Equal(2, (long)attributes["tag"]!["pullCount"]!);
        Assert.Equal(3, (long)(await host.Make.JsonAsync("GET", new Sent($"/acr/v1/{Mine}/_manifests/{digest}")))["manifest"]!["pullCount"]!);
        Assert.EndsWith("Z", (string)(await host.Make.JsonAsync("GET", new Sent($"/acr/v1/{Mine}")))["lastPullTime"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repositories_MoreThanAPage_AreAllListedOnceInTheirOrder()
    {
        for (var i = 0; i < 120; i++)
            await PushAsync($"{_team}/r{i}", "v1");
        foreach (var order in new[] { "", "&$orderby=sizeBytes desc", "&$orderby=lastPushTime desc", "&$orderby=pullCount", "&$orderby=uniqueBytes asc", "&$orderby=lastPullTime" })
        {
            var names = (await NamesAsync(query: order)).Where(name => name.StartsWith(_team, StringComparison.Ordinal)).ToList();
            Assert.Equal(120, names.Count);
            Assert.Equal(names.Count, names.Distinct().Count());
        }
        var latest = (await NamesAsync(query: "&$orderby=lastPushTime desc")).First(name => name.StartsWith(_team, StringComparison.Ordinal));
        Assert.Equal($"{_team}/r119", latest);
    }

    [Fact]
    public async Task Repositories_ModeOfDataActions_AreForThoseWhoMayReadThem()
    {
        await PushAsync(Mine, "v1");
        await PushAsync($"{_team}/other", "v1");
        await host.SetModeAsync(abac: true);
        var (id, reader) = await host.Make.UserWithPasswordAsync();
        await host.Make.AssignAsync(host.Standing, 'r', id, "Reader");

        var (status, answer) = await AskAsync(Version, reader);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(answer["value"]!.AsArray());
        Assert.True((long)answer["registry"]!["repositoryCount"]! >= 2);
        Assert.DoesNotContain(_team, answer.ToJsonString(), StringComparison.Ordinal);

        await host.Make.SendAsync("PUT", new Sent(
            $"{host.Standing.Registry}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}?api-version=2022-04-01",
            new
            {
                properties = new
                {
                    principalId = id,
                    roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{BuiltInRoles.All.Single(role => role.Name == "Container Registry Repository Reader").Id:D}",
                    condition = "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'})) OR "
                        + $"(@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase '{Mine}'))",
                    conditionVersion = "2.0",
                },
            }));
        Assert.Equal([Mine], await NamesAsync(reader));
        var (_, hidden) = await AskAsync($"/tags{Version}&repository={_team}/other", reader);
        var (absent, nothing) = await AskAsync($"/tags{Version}&repository={_team}/absent", reader);
        Assert.Equal(HttpStatusCode.NotFound, absent);
        Assert.Equal(nothing["error"]!["message"]!.ToJsonString(), hidden["error"]!["message"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"/tags{Version}&repository={Mine}", reader)).Status);
    }

    [Theory]
    [InlineData("&$orderby=color", "$orderby must be one of")]
    [InlineData("&$orderby=name down", "$orderby must be one of")]
    [InlineData("&$skipToken=x", "$skipToken is not valid")]
    public async Task Repositories_QueryThatCannotBeUsed_IsRefusedWithTheReason(string query, string reason)
    {
        var (status, answer) = await AskAsync(Version + query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "?repository=NAME")]
    [InlineData("&repository=x&repository=y", "?repository=NAME")]
    [InlineData("&repository=Not/A/Name", "")]
    public async Task Tags_NoUsableName_IsRefused(string query, string reason)
    {
        var (status, answer) = await AskAsync($"/tags{Version}{query}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_OrderOfSize_IsRefused()
    {
        await PushAsync(Mine, "v1");
        var (status, answer) = await AskAsync($"/tags{Version}&repository={Mine}&$orderby=sizeBytes");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("no order of size", (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }
}
