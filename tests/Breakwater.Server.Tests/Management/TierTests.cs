using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Breakwater.Core.Tiers;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>Every feature in every tier, and limits where they bite.</summary>
public sealed class TierTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01";

    /// <summary>By feature, the property that uses it. A feature without one fails the test.</summary>
    private static readonly Dictionary<TierFeature, object> Uses = new()
    {
        [TierFeature.AnonymousPull] = new { anonymousPullRepositories = new[] { "public/*" } },
        [TierFeature.ContentTrust] = new { policies = new { signingPolicy = new { status = "enabled" } } },
        [TierFeature.NetworkRules] = new { networkRuleSet = new { ipRules = new[] { new { value = "203.0.113.0/24" } } } },
        [TierFeature.DataEndpoint] = new { dataEndpointEnabled = true },
        [TierFeature.RetentionPolicy] = new { policies = new { retentionPolicy = new { status = "enabled", days = 30 } } },
        [TierFeature.SoftDelete] = new { policies = new { softDeletePolicy = new { status = "enabled", retentionDays = 30 } } },
        [TierFeature.CustomerManagedKeys] = new { encryption = new { status = "enabled", keyVaultProperties = new { keyIdentifier = "test:key" } } },
    };

    public static TheoryData<string, string> FeaturesAndTiers()
    {
        var data = new TheoryData<string, string>();
        foreach (var feature in Enum.GetValues<TierFeature>().Where(feature => feature != TierFeature.None))
        {
            foreach (var tier in TierCatalog.Default.Names)
                data.Add(feature.ToString(), tier);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(FeaturesAndTiers))]
    public async Task Feature_InATier_IsThereOrRefusedWithTheTierThatHasIt(string feature, string tier)
    {
        var wanted = Enum.Parse<TierFeature>(feature);
        var (name, has) = ($"f{Guid.NewGuid():N}", TierCatalog.Default.Find(tier)!.Has(wanted));
        var (status, answer) = await SendAsync("PUT", name, new { sku = new { name = tier }, properties = Uses[wanted] });

        Assert.Equal(has ? HttpStatusCode.Created : HttpStatusCode.BadRequest, status);
        if (!has)
        {
            Assert.Equal("FeatureNotInSku", (string?)answer["error"]!["code"]);
            Assert.Contains(TierCatalog.Default.SmallestWith(wanted).Name, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Created, (await SendAsync("PUT", name, new { sku = new { name = tier } })).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("PATCH", name, new { properties = Uses[wanted] })).Status);
        }
        var capabilities = (await SendAsync("GET", name, null, "/capabilities")).Answer;
        Assert.Equal(has, (bool)capabilities["features"]![char.ToLowerInvariant(feature[0]) + feature[1..]]!);
        // Where a smaller tier lacks it, the change to that tier is refused while it is used.
        foreach (var smaller in TierCatalog.Default.Plans.Where(plan => has && !plan.Has(wanted)))
            Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("PATCH", name, new { sku = new { name = smaller.Name } })).Status);
    }

    [Fact]
    public async Task Requests_BeyondTheTier_AreRefusedWithATimeToComeBack()
    {
        var name = $"f{Guid.NewGuid():N}";
        await SendAsync("PUT", name, new { sku = new { name = "Basic" } });
        var limit = TierCatalog.Default.Find("Basic")!.Limits.Referrers.PerIdentity!.Value;
        var path = $"/v2/team/app/referrers/sha256:{new string('0', 64)}";
        HttpResponseMessage answer;
        var sent = 0;
        for (; (answer = await AtAsync(name, path)).StatusCode != HttpStatusCode.TooManyRequests; sent++)
        {
            answer.Dispose();
            Assert.InRange(sent, 0, limit * 2);
        }
        Assert.InRange(sent, limit, limit * 1.5);
        Assert.Contains("TOOMANYREQUESTS", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        answer.Dispose();
        // Other kinds, and other registries, have limits of their own.
        using var read = await AtAsync(name, "/v2/");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(string method, string name, object? body, string tail = "")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/registries/{name}{tail}{Version}");
        request.Headers.Authorization = MatrixTargets.Maker;
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private async Task<HttpResponseMessage> AtAsync(string registry, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = $"{registry}.localhost:{host.Client.BaseAddress!.Port}";
        request.Headers.Authorization = MatrixTargets.Maker;
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
