using System.Diagnostics.Metrics;
using Breakwater.Core.Installation;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Core.Usage;
using Breakwater.Oci;

namespace Breakwater.Server.Hosting;

/// <summary>
/// What each registry holds and does, for the operator: it stands where all metrics do, on the operations listener, and no user of a registry sees it. Counters
/// begin with the process.
/// </summary>
internal sealed class RegistryMetrics : IDisposable
{
    /// <summary>Of all these instruments.</summary>
    public const string Prefix = "breakwater.registry.";

    /// <summary>Registries with series of their own. Counters of the others are one series together, as OpenTelemetry has it (<c>otel.metric.overflow</c>); of sizes the largest are shown.</summary>
    public const int MaxRegistries = 1_000;

    private const string Label = "registry";

    private readonly Meter _meter = new(Telemetry.Name);
    private readonly Counter<long> _pulls, _pushes, _throttled;
    private readonly RegistryDirectory _registries;

    public RegistryMetrics(OpenInstallation installation, RequestThrottle throttle)
    {
        _registries = installation.Registries;
        _pulls = _meter.CreateCounter<long>(Prefix + "pulls", "{pull}", "Manifests that clients got, as far as they are written down.");
        _pushes = _meter.CreateCounter<long>(Prefix + "pushes", "{push}", "Manifests that were accepted.");
        _throttled = _meter.CreateCounter<long>(Prefix + "requests.throttled", "{request}", "Requests refused because there were more than the tier allows.");
        var sizes = new RegistrySizes(installation.Database);
        _meter.CreateObservableGauge(Prefix + "storage", () => Measure(sizes), "By", "Content that is stored, each blob once.");
        installation.Pulls.Written = CountPulls;
        installation.Manifests.Pushed = registry => _pushes.Add(1, LabelOf(registry));
        throttle.Refused = registry => _throttled.Add(1, LabelOf(registry));
    }

    public void Dispose() => _meter.Dispose();

    // What was deleted meanwhile has no name any more.
    private void CountPulls(Guid registryId, long count)
    {
        if (_registries.Find(registryId) is { } registry)
            _pulls.Add(count, LabelOf(registry));
    }

    private static IEnumerable<Measurement<long>> Measure(RegistrySizes sizes)
    {
        try
        {
            // SQLite reads at once.
            return [.. sizes.ReadAsync(MaxRegistries).GetAwaiter().GetResult().Select(size => new Measurement<long>(size.SizeBytes, new KeyValuePair<string, object?>(Label, size.Name)))];
        }
        catch (OciException)
        {
            // The other metrics are worth reading while the database is not.
            return [];
        }
    }

    private static KeyValuePair<string, object?> LabelOf(Registry registry) => new(Label, registry.Name);
}
