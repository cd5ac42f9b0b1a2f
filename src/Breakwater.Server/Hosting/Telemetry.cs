using System.Diagnostics.Metrics;
using Breakwater.Server.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Breakwater.Server.Hosting;

/// <summary>Metrics always, for the operations listener; traces, audit records and OTLP only with <c>otlp-endpoint</c>, since tracing costs every request.</summary>
internal static class Telemetry
{
    /// <summary>The meter and activity source of the product's own measurements.</summary>
    public const string Name = "Breakwater";

    /// <summary>The port on which collectors speak OTLP over HTTP.</summary>
    private const int OtlpHttpPort = 4318;

    private static readonly string[] Meters = [Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void AddTelemetry(this IServiceCollection services, ServerSettings settings)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("breakwater", serviceVersion: ProductVersion.Text))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters).AddPrometheusExporter();
                // Names of registries are made by users: they must not fill the memory.
                metrics.AddView(instrument => instrument.Name.StartsWith(RegistryMetrics.Prefix, StringComparison.Ordinal) ? new MetricStreamConfiguration { CardinalityLimit = RegistryMetrics.MaxRegistries } : null);
                if (settings.OtlpEndpoint is { } collector)
                    metrics.AddOtlpExporter(options => Send(options, collector, "v1/metrics"));
            });
        if (settings.OtlpEndpoint is { } endpoint)
        {
            telemetry.WithLogging(logging => logging.AddOtlpExporter(options => Send(options, endpoint, "v1/logs")));
            telemetry.WithTracing(tracing => tracing
                .AddSource(Name)
                .AddAspNetCoreInstrumentation(options => options.Filter = context => ListenerFeature.KindOf(context) is ListenerKind.Public or ListenerKind.Private)
                .AddOtlpExporter(options => Send(options, endpoint, "v1/traces")));
        }
    }

    /// <summary>Shows connections, descriptors and the certificate's end among the metrics.</summary>
    /// <exception cref="InvalidDataException">The certificate cannot be used.</exception>
    public static Meter ObserveHost(IServiceProvider services)
    {
        var (budget, time) = (services.GetRequiredService<ConnectionBudget>(), services.GetRequiredService<TimeProvider>());
        var certificate = services.GetService<ServerCertificate>();
        var meter = new Meter(Name);
        meter.CreateObservableGauge("breakwater.connections.open", () => budget.Open, "{connection}", "Connections of clients.");
        meter.CreateObservableGauge("breakwater.connections.limit", () => budget.Most, "{connection}", "Most connections at once.");
        meter.CreateObservableCounter("breakwater.connections.shed", () => budget.Shed, "{connection}", "Connections turned away at the limit.");
        if (OperatingSystem.IsLinux())
            meter.CreateObservableGauge("breakwater.descriptors.open", DescriptorLimit.Open, "{descriptor}", "Open files and sockets of the process.");
        if (certificate is not null)
            meter.CreateObservableGauge("breakwater.tls.certificate.remaining",
                () => (certificate.ValidUntil - time.GetUtcNow()).TotalSeconds, "s", "Time until the server certificate ends.");
        return meter;
    }

    private static void Send(OtlpExporterOptions options, Uri collector, string path)
    {
        var http = collector.Port == OtlpHttpPort;
        options.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        // A URL given in code is taken as it stands; over HTTP the signal's path belongs to it.
        options.Endpoint = http && collector.AbsolutePath == "/" ? new Uri(collector, path) : collector;
    }
}
