using System.Diagnostics.Metrics;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

/// <summary>What stands in the metrics of registries, however many there are.</summary>
public sealed class RegistryMetricsTests
{
    [Fact]
    public async Task Counters_OfMoreRegistriesThanHaveSeries_AreOneSeriesTogether()
    {
        const int Many = RegistryMetrics.MaxRegistries + 500;
        await using var host = await HostUnderTest.StartAsync();
        using var meter = new Meter(Telemetry.Name);
        var counter = meter.CreateCounter<long>(RegistryMetrics.Prefix + "tried");
        for (var i = 0; i < Many; i++)
            counter.Add(1, new KeyValuePair<string, object?>("registry", $"r{i}"));

        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{host.Listeners.Operations!.Port}/metrics"), TestContext.Current.CancellationToken);

        var series = text.Split('\n').Where(line => line.StartsWith("breakwater_registry_tried_total{", StringComparison.Ordinal)).ToList();
        Assert.InRange(series.Count, RegistryMetrics.MaxRegistries / 2, RegistryMetrics.MaxRegistries + 1);
        Assert.Single(series, line => line.Contains("otel_metric_overflow", StringComparison.Ordinal));
        Assert.Equal(Many, series.Sum(line => long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }
}
