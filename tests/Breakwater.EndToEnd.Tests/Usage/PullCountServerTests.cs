using System.Globalization;
using System.Text.RegularExpressions;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Usage;

/// <summary>What only a server of its own shows of counted pulls: stops, kills, and the metrics.</summary>
public sealed class PullCountServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(new ServerOptions { DataDirectory = _folder["data"] });

    [Fact]
    public async Task Terminate_AfterPulls_LosesNone()
    {
        await using var server = await StartAsync();
        using var client = server.CreateClient();
        Assert.Equal(201, (await client.PushAsync("a", "v1", TestManifest.RandomImage(new RandomContent(1)))).Code);
        for (var i = 0; i < 50; i++)
            Assert.Equal(200, (await client.GetManifestAsync("a", "v1")).Code);
        Assert.Equal(200, (await client.HeadManifestAsync("a", "v1")).Code);
        Assert.Equal(0, await server.TerminateAsync());

        await using var again = await server.RestartAsync();
        using var second = again.CreateClient();
        Assert.Equal(50, await PullsAsync(second));
    }

    [Fact]
    public async Task Kill_AfterTheInterval_LosesNothingThatWasBeforeIt()
    {
        await using var server = await StartAsync();
        using var client = server.CreateClient();
        Assert.Equal(201, (await client.PushAsync("a", "v1", TestManifest.RandomImage(new RandomContent(1)))).Code);
        for (var i = 0; i < 7; i++)
            await client.GetManifestAsync("a", "v1");
        await Task.Delay(TimeSpan.FromSeconds(12), Stop);
        await server.KillAsync();

        await using var again = await server.RestartAsync();
        using var second = again.CreateClient();
        Assert.Equal(7, await PullsAsync(second));
        var verified = await again.CommandAsync("verify");
        Assert.True(verified.ExitCode == 0, verified.AllOutput);
    }

    [Fact]
    public async Task Metrics_OfRegistries_AreOnTheOperationsListenerAlone()
    {
        var limits = _folder["limits.json"];
        await File.WriteAllTextAsync(limits, """{"Premium": {"deletes": {"perRegistry": 1, "perIdentity": 1}}}""", Stop);
        await using var server = await ServerProcess.StartAsync(new ServerOptions { DataDirectory = _folder["data"], TierLimits = limits });
        using var client = server.CreateClient();
        Assert.Equal(201, (await client.PushAsync("a", "v1", TestManifest.RandomImage(new RandomContent(1)))).Code);
        for (var i = 0; i < 3; i++)
            await client.GetManifestAsync("a", "v1");
        Assert.Equal(404, (await client.DeleteManifestAsync("a", "absent")).Code);
        Assert.Equal(429, (await client.DeleteManifestAsync("a", "absent")).Code);
        var totals = (await client.GetAsync("/acr/v1/a")).Json!;
        Assert.Equal(1, (long)totals["tagCount"]!);

        using var operations = new HttpClient();
        var text = "";
        for (var attempt = 0; attempt < 40 && !text.Contains("breakwater_registry_pulls_total{", StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(500, Stop);
            text = await operations.GetStringAsync(new Uri($"http://127.0.0.1:{server.OperationsPort}/metrics"), Stop);
        }
        Assert.Equal(3, Value(text, "breakwater_registry_pulls_total"));
        Assert.Equal(1, Value(text, "breakwater_registry_pushes_total"));
        Assert.Equal(1, Value(text, "breakwater_registry_requests_throttled_total"));
        Assert.True(Value(text, "breakwater_registry_storage_bytes") > 0);
        Assert.Equal(404, (await client.GetAsync("/metrics")).Code);
    }

    private static async Task<long> PullsAsync(RegistryClient client) => (long)(await client.GetAsync("/acr/v1/a/_tags/v1")).Json!["tag"]!["pullCount"]!;

    private static long Value(string metrics, string name)
    {
        var line = Regex.Match(metrics, $$"""^{{name}}\{[^}]*registry="local"[^}]*\} (\d+)""", RegexOptions.Multiline);
        Assert.True(line.Success, $"{name} is not among\n{metrics}");
        return long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
