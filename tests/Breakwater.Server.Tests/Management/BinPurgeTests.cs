using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>Emptying the recycle bin as its clients ask for it.</summary>
public sealed class BinPurgeTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01";

    [Fact]
    public async Task PurgeDeleted_CountedAndThenDone_RecordsEach()
    {
        var here = await host.Make.RepositoryAsync(host.Standing);
        here = await host.Make.DeletedAsync(here);
        var (_, counted) = await SendAsync(new { repository = here.Repository, dryRun = true });
        Assert.Equal((1, true, null), ((int)counted["manifestCount"]!, (bool)counted["dryRun"]!, counted["freedBytes"]));

        var (status, done) = await SendAsync(new { repository = here.Repository, asOf = (string?)counted["asOf"] });
        Assert.Equal((HttpStatusCode.OK, 1, 0, true), (status, (int)done["manifestCount"]!, (int)done["tagCount"]!, (bool)done["isComplete"]!));
        Assert.Equal((string?)counted["asOf"], (string?)done["asOf"]);
        Assert.True((long)done["freedBytes"]! > 0);
        Assert.Equal(0, (int)(await SendAsync(new { repository = here.Repository })).Answer["manifestCount"]!);

        var records = (await host.Make.JsonAsync("GET", new Sent($"{host.Standing.Registry}/auditEvents{Version}&repository={here.Repository}&operation=Purge Manifest")))["value"]!.AsArray();
        Assert.Equal((here.Deleted, "owner"), Assert.Single(records) is { } one ? ((string?)one["Digest"], (string?)one["Identity"]) : default);
        var asked = (await host.Make.JsonAsync("GET", new Sent($"{host.Standing.Registry}/auditEvents{Version}&operation=Microsoft.ContainerRegistry/registries/deleted/purge/action")))["value"]!.AsArray();
        Assert.Contains(asked, record => ((string?)record!["ResultDescription"])!.Contains($"repository={here.Repository}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"repository":"No"}""", "repository must be")]
    [InlineData("""{"asOf":"0001-01-01T00:00:00Z"}""", "asOf must be")]
    [InlineData("""{"all":true}""", "not of the form")]
    public async Task PurgeDeleted_RequestThatCannotBeUsed_IsRefusedWithTheReason(string body, string reason)
    {
        var (status, answer) = await SendAsync(JsonNode.Parse(body)!);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Standing.Registry}/purgeDeleted{Version}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = MatrixTargets.Maker;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
