using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Audit;

public sealed class AuditQueryTests(AccessHost host) : AuditTest(host)
{
    private async Task PullAsync(string repository, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using (await Host.SendAsync("GET", $"/v2/{repository}/manifests/v{i}", AccessHost.Basic()))
            {
            }
        }
    }

    [Theory]
    [InlineData("oldest", "v0 v1 v2 v3 v4")]
    [InlineData("newest", "v4 v3 v2 v1 v0")]
    public async Task List_Paged_GivesEachOnceInOrder(string order, string expected)
    {
        var repository = $"pages/{order}";
        await PullAsync(repository, 5);
        var (seen, pages) = (new List<string?>(), 0);
        var next = $"{Events}&repository={repository}&order={order}&$top=2";
        while (next is not null)
        {
            var page = (await CallAsync(HttpStatusCode.OK, "GET", next))!;
            seen.AddRange(page["value"]!.AsArray().Select(record => Text(record!, "Tag")));
            next = (string?)page["nextLink"];
            pages++;
        }
        Assert.Equal(expected, string.Join(' ', seen));
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task List_Filters_NarrowTogether()
    {
        await PullAsync("filters/a", 2);
        await PullAsync("filters/b", 1);
        Assert.Equal(2, (await FindAsync("repository=filters/a")).Count);
        Assert.Equal(2, (await FindAsync("repository=filters/a&operation=pull&identity=owner&result=200&category=ContainerRegistryRepositoryEvents")).Count);
        Assert.Equal(2, (await FindAsync("repository=filters/a&result=succeeded&from=2020-01-01T00:00:00Z&until=2999-01-01")).Count);
        Assert.Empty(await FindAsync("repository=filters/a&result=failed"));
        Assert.Empty(await FindAsync("repository=filters/a&until=2020-01-01T00:00:00Z"));
        Assert.Empty(await FindAsync("repository=filters/a&from=2999-01-01T00:00:00Z"));
        Assert.Empty(await FindAsync("repository=filters/a&category=ContainerRegistryLoginEvents"));
        var principal = Text((await FindAsync("repository=filters/b"))[0], "PrincipalId");
        Assert.Single(await FindAsync($"repository=filters/b&identity={principal}"));
    }

    [Theory]
    [InlineData("colour=red")]
    [InlineData("category=Everything")]
    [InlineData("from=yesterday")]
    [InlineData("result=good")]
    [InlineData("$top=0")]
    [InlineData("$top=100000")]
    [InlineData("$skiptoken=x")]
    [InlineData("order=random")]
    [InlineData("identity=a&identity=b")]
    [InlineData("identity=")]
    [InlineData("registry=no")]
    [InlineData("registry=no%20name")]
    public async Task List_UnknownFilter_IsRefused(string filter) => await CallAsync(HttpStatusCode.BadRequest, "GET", $"{Events}&{filter}");

    [Fact]
    public async Task List_WithoutApiVersion_IsRefused() => await CallAsync(HttpStatusCode.BadRequest, "GET", $"{Registry}/auditEvents");

    [Fact]
    public async Task Export_JsonLines_AreTheSameRecordsAndTheirChain()
    {
        await PullAsync("export/a", 1100);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Events}&repository=export/a");
        request.Headers.Authorization = AccessHost.Basic();
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var answer = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(1100, lines.Length);
        Assert.All(lines, line => Assert.Equal(64, ((string)JsonNode.Parse(line)!["Hash"]!).Length));
        Assert.Equal((await FindAsync("repository=export/a"))[0].ToJsonString(), JsonNode.Parse(lines[0])!.ToJsonString());
    }
}
