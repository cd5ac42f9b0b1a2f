using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Core.Audit;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Audit;

/// <summary>One log of several registries, and who reads what of it.</summary>
public sealed class AuditRegistryTests(AccessHost host) : AuditTest(host)
{
    private const string Second = "secondone";

    private static string SecondPath => $"{Subscription}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/{Second}";

    private async Task MakeAsync()
    {
        using var answer = await Host.SendAsync("GET", SecondPath + Version, AccessHost.Basic());
        if (answer.StatusCode == HttpStatusCode.NotFound)
            await CallAsync(HttpStatusCode.Created, "PUT", $"{SecondPath}?api-version=2025-11-01", new { location = "local", sku = new { name = "Premium" } });
    }

    private async Task PullAsync(string host, string repository)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/{repository}/manifests/v1");
        (request.Headers.Host, request.Headers.Authorization) = (host, AccessHost.Basic());
        using var answer = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<JsonNode?> ReadAsync(HttpStatusCode expected, string path, string filter, string by) =>
        CallAsync(expected, "GET", $"{path}/auditEvents{Version}&$top=1000{filter}", authorization: AccessHost.Basic(by));

    private static AuditRecord Record(AuditCategory category, string repository, string? resource, DateTimeOffset time) =>
        new() { Time = time, Category = category, Operation = "Pull", Status = 200, Repository = repository, Resource = resource };

    [Fact]
    public async Task List_Registry_NarrowsAndRecordsNameTheirs()
    {
        await MakeAsync();
        await PullAsync(Host.Authority, "both/app");
        await PullAsync($"{Second}.localhost", "both/app");

        Assert.Equal([Registry, SecondPath], (await FindAsync("repository=both/app")).Select(record => Text(record, "_ResourceId")));
        Assert.Equal(SecondPath, Text(Assert.Single(await FindAsync($"repository=both/app&registry={Second}")), "_ResourceId"));
        Assert.Equal(Registry, Text(Assert.Single(await FindAsync("repository=both/app&registry=LOCAL")), "_ResourceId"));
        Assert.Contains(await FindAsync($"registry={Second}&category=ContainerRegistryAdministrationEvents"), record => Text(record, "OperationName") == "Microsoft.ContainerRegistry/registries/write");
        Assert.All(await FindAsync($"registry={Second}&category=ContainerRegistryLoginEvents"), record => Assert.Equal($"{Second}.localhost", Text(record, "LoginServer")));
        Assert.Empty(await FindAsync("registry=another"));
    }

    [Fact]
    public async Task List_RecordsFromWhenThereWasOneRegistry_AreItsOwn()
    {
        await MakeAsync();
        var now = TimeProvider.System.GetUtcNow();
        Host.Audit.Enqueue(Record(AuditCategory.Repository, "old/app", null, now));
        Host.Audit.Enqueue(Record(AuditCategory.Administration, "old/app", null, now));

        Assert.Equal(2, (await FindAsync("repository=old/app")).Count);
        Assert.Equal(Registry, Text(Assert.Single(await FindAsync("repository=old/app&registry=local")), "_ResourceId"));
        Assert.Empty(await FindAsync($"repository=old/app&registry={Second}"));
    }

    [Fact]
    public async Task List_ByWhoManagesOneRegistry_ShowsNothingOfOthersNorOfAnEarlierOne()
    {
        await MakeAsync();
        await AssignAsync(await CreateUserAsync("keeper"), "Contributor", scope: SecondPath);
        await PullAsync(Host.Authority, "kept/app");
        await PullAsync($"{Second}.localhost", "kept/app");
        Host.Audit.Enqueue(Record(AuditCategory.Repository, "kept/app", Second, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1)));

        var seen = (await ReadAsync(HttpStatusCode.OK, SecondPath, "", "keeper"))!["value"]!.AsArray();
        Assert.All(seen, record => Assert.StartsWith(SecondPath, Text(record!, "_ResourceId"), StringComparison.Ordinal));
        Assert.Single(seen, record => Text(record!, "Repository") == "kept/app");
        Assert.Empty((await ReadAsync(HttpStatusCode.OK, SecondPath, "&repository=kept/app&until=2000-01-01&from=1999-01-01", "keeper"))!["value"]!.AsArray());
        Assert.Equal(3, (await FindAsync("repository=kept/app")).Count);
        await ReadAsync(HttpStatusCode.Forbidden, SecondPath, "&registry=local", "keeper");
        await ReadAsync(HttpStatusCode.OK, SecondPath, $"&registry={Second}", "keeper");
        await ReadAsync(HttpStatusCode.Forbidden, Registry, "", "keeper");
    }
}
