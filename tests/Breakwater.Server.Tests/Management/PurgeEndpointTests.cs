using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>The purge as its clients call it.</summary>
public sealed class PurgeEndpointTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01";

    private readonly string _repository = $"purge/r{Guid.NewGuid():N}";

    private async Task<string> PushAsync(string? tag)
    {
        var body = MatrixTargets.Manifest();
        var digest = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}";
        (await host.Make.SendAsync("PUT", new Sent($"/v2/{_repository}/manifests/{tag ?? digest}", Bytes: body, Type: "application/vnd.oci.image.index.v1+json"))).Dispose();
        return digest;
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> PurgeAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Standing.Registry}/purge{Version}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = MatrixTargets.Maker;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    [Fact]
    public async Task Purge_DryAndThenReal_AnswersTheSameListsAndRecordsEach()
    {
        var (old, locked) = (await PushAsync("v1"), await PushAsync("v2"));
        (await host.Make.SendAsync("PATCH", new Sent($"/acr/v1/{_repository}/_tags/v2", new { deleteEnabled = false }))).Dispose();
        var body = new { filters = new[] { $"{_repository}:^v" }, ago = "0s", untagged = true };

        var (status, dry) = await PurgeAsync(new { body.filters, body.ago, body.untagged, dryRun = true });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool)dry["dryRun"]!);
        Assert.Equal($$"""[{"repository":"{{_repository}}","tag":"v1","digest":"{{old}}"},{"repository":"{{_repository}}","digest":"{{old}}"}]""", dry["removed"]!.ToJsonString());
        Assert.Equal($$"""[{"repository":"{{_repository}}","tag":"v2","digest":"{{locked}}","reason":"locked"}]""", dry["kept"]!.ToJsonString());
        Assert.Null(dry["continuation"]);

        var (_, real) = await PurgeAsync(body);
        Assert.False((bool)real["dryRun"]!);
        Assert.Equal((dry["removed"]!.ToJsonString(), dry["kept"]!.ToJsonString()), (real["removed"]!.ToJsonString(), real["kept"]!.ToJsonString()));

        var records = (await host.Make.JsonAsync("GET", new Sent($"{host.Standing.Registry}/auditEvents{Version}&repository={_repository}&result=200")))["value"]!.AsArray();
        Assert.Equal(
            [("Purge Tag", "v1", old), ("Purge Manifest", null, old)],
            records.Select(record => ((string?)record!["OperationName"], (string?)record["Tag"], (string?)record["Digest"])));
        Assert.All(records, record => Assert.Equal("owner", (string?)record!["Identity"]));
        var asked = (await host.Make.JsonAsync("GET", new Sent($"{host.Standing.Registry}/auditEvents{Version}&operation=Microsoft.ContainerRegistry/registries/purgeArtifacts/action")))["value"]!.AsArray();
        Assert.Contains(asked, record => ((string?)record!["ResultDescription"])!.Contains($"filters={_repository}:^v", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Purge_AsOfTheDryRun_LeavesWhatCameSince()
    {
        await PushAsync("v1");
        var (_, dry) = await PurgeAsync(new { filters = new[] { $"{_repository}:.*" }, dryRun = true });
        await Task.Delay(5, TestContext.Current.CancellationToken);
        await PushAsync("v2");

        var (_, real) = await PurgeAsync(new { filters = new[] { $"{_repository}:.*" }, asOf = dry["asOf"]!.DeepClone() });
        Assert.Equal((dry["removed"]!.ToJsonString(), dry["asOf"]!.ToJsonString()), (real["removed"]!.ToJsonString(), real["asOf"]!.ToJsonString()));
        Assert.Equal("v1", (string?)Assert.Single(real["removed"]!.AsArray())!["tag"]);
    }

    [Fact]
    public async Task Purge_MoreThanAPage_GoesOnByItsContinuation()
    {
        for (var i = 0; i < 1001; i++)
            await PushAsync($"t{i}");
        var (_, first) = await PurgeAsync(new { filters = new[] { $"{_repository}:.*" } });
        Assert.Equal(1000, first["removed"]!.AsArray().Count);
        var (_, second) = await PurgeAsync(new { filters = new[] { $"{_repository}:.*" }, continuation = (string?)first["continuation"] });
        Assert.Single(second["removed"]!.AsArray());
        Assert.Null(second["continuation"]);
    }

    public static TheoryData<string, string> Unusable() => new()
    {
        { """{}""", "1 to 20 filters" },
        { """{"filters":[]}""", "1 to 20 filters" },
        { """{"filters":[null]}""", "REPOSITORY:TAG" },
        { """{"filters":["a:(?=b)"]}""", "cannot be used" },
        { """{"filters":["a:b"],"ago":"7"}""", "ago must be" },
        { """{"filters":["a:b"],"ago":""}""", "ago must be" },
        { """{"filters":["a:b"],"ago":"-7d"}""", "ago must be" },
        { """{"filters":["a:b"],"ago":"99999d"}""", "ago must be" },
        { """{"filters":["a:b"],"notPulledFor":"90"}""", "notPulledFor must be" },
        { """{"filters":["a:b"],"keep":-1}""", "keep must be" },
        { """{"filters":["a:b"],"asOf":"0001-01-01T00:00:00Z"}""", "asOf must be" },
        { """{"filters":["a:b"],"asOf":"yesterday"}""", "$.asOf" },
        { """{"filters":["a:b"],"continuation":"x"}""", "continuation is not valid" },
        { """{"filters":["a:b"],"notPulledFor":"90d","continuation":"t;-62135596800000;0;0;a"}""", "continuation is not valid" },
        { """{"filters":["a:b"],"ago":"90d","notPulledFor":"0s","continuation":"t;253402300799999;0;0;a"}""", "continuation is not valid" },
        { """{"filters":["a:b"],"dryrun ":true}""", "not of the form" },
        { """{"filters":["a:b"],"dryRun":"yes"}""", "$.dryRun" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Purge_RequestThatCannotBeUsed_IsRefusedWithTheReason(string body, string reason)
    {
        var (status, answer) = await PurgeAsync(JsonNode.Parse(body)!);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_NotPulledFor_RemovesNothingOfARegistryThatCountsForLess()
    {
        await PushAsync("v1");
        var (_, young) = await PurgeAsync(new { filters = new[] { $"{_repository}:.*" }, notPulledFor = "90d" });
        Assert.Empty(young["removed"]!.AsArray());
        Assert.NotNull(young["pullsCountedSince"]);

        var (_, all) = await PurgeAsync(new { filters = new[] { $"{_repository}:.*" }, notPulledFor = "0s" });
        Assert.Single(all["removed"]!.AsArray());
        Assert.Null((await PurgeAsync(new { filters = new[] { $"{_repository}:.*" } })).Answer["pullsCountedSince"]);
    }

    [Theory]
    [InlineData("1d12h", true)]
    [InlineData("0s", false)]
    public async Task Purge_Ago_IsReadAsAcrPurgeWritesIt(string ago, bool isKept)
    {
        await PushAsync("v1");
        var (_, answer) = await PurgeAsync(new { filters = new[] { $"{_repository}:.*" }, ago });
        Assert.Equal(isKept ? 0 : 1, answer["removed"]!.AsArray().Count);
    }
}
