using Breakwater.Core.Registries;
using Breakwater.Server.Configuration;
using Breakwater.Server.Network;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Breakwater.Server.Hosting;

/// <summary>The web host of one server: what it listens on, logs and measures. It starts empty, so that no file or variable but our settings counts.</summary>
internal static class ServerHost
{
    /// <param name="settings">The settings, checked.</param>
    /// <param name="controlSocket">The path of the subcommands' socket; null for none.</param>
    public static WebApplicationBuilder CreateBuilder(ServerSettings settings, string? controlSocket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new()
        {
            ApplicationName = "Breakwater",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Logging.AddConsoleLog(settings);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.ShutdownGrace);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<CorrelationIds>();
        builder.Services.AddSingleton(_ => ConnectionBudget.For(settings.MaxConnections, DescriptorLimit.Raise()));
        if (settings.Https is not null || settings.PrivateListeners.Count > 0)
            builder.Services.AddSingleton(services => OpenCertificate(settings, services.GetRequiredService<RegistryDirectory>(), TimeProvider.System, Logger<ServerCertificate>(services)));
        builder.Services.AddSingleton(services => new Listeners(
            services.GetRequiredService<ConnectionBudget>(), services.GetService<ServerCertificate>(), controlSocket, TimeProvider.System,
            Logger<ConnectionGate>(services), Logger<ClientCertificates>(services)));
        builder.Services.AddTelemetry(settings);
        AddKestrel(builder, settings);
        return builder;
    }

    /// <summary>A correlation id for every request; goes before everything else, so that every answer has one.</summary>
    public static void UseCorrelation(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var (ids, logger) = (services.GetRequiredService<CorrelationIds>(), services.GetRequiredService<ILogger<Correlation>>());
        app.Use(next => new Correlation(next, ids, logger).InvokeAsync);
    }

    /// <summary>The operator's certificate, or one of the local CA, which is created if need be.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why.</exception>
    private static ServerCertificate OpenCertificate(ServerSettings settings, RegistryDirectory registries, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        var files = settings is { TlsCert: { } certificate, TlsKey: { } key }
            ? new CertificateFiles(certificate, key)
            : new LocalCertificateAuthority(settings.Data, CertificateNames.For(settings), time).Files;
        return ServerCertificate.Open(files, registries, time, logger);
    }

    private static ILogger<T> Logger<T>(IServiceProvider services) => services.GetRequiredService<ILogger<T>>();

    private static void AddKestrel(WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.WebHost.UseKestrelCore();
        var services = builder.Services;
        services.AddSingleton<IMemoryPoolFactory<byte>, TransportMemory>();
        var registered = services.Last(service => service.ServiceType == typeof(IConnectionListenerFactory));
        services.Remove(registered);
        services.AddSingleton(registered.ImplementationType!);
        services.AddSingleton<IConnectionListenerFactory>(provider => new PatientListenerFactory(
            (IConnectionListenerFactory)provider.GetRequiredService(registered.ImplementationType!), TimeProvider.System, Logger<PatientListenerFactory>(provider)));
        services.Configure<SocketTransportOptions>(KestrelSetup.SetBuffers);
        services.AddOptions<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>()
            .Configure<Listeners>((options, listeners) => listeners.Configure(options, settings));
    }
}
