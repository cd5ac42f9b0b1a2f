using System.Data.Common;
using Breakwater.Core.Audit;
using Breakwater.Core.Blobs;
using Breakwater.Core.Events;
using Breakwater.Core.Identity;
using Breakwater.Core.Imports;
using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Network;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Core.Storage;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.AcrDataPlane;
using Breakwater.Server.Audit;
using Breakwater.Server.Configuration;
using Breakwater.Server.Distribution;
using Breakwater.Server.Errors;
using Breakwater.Server.Guards;
using Breakwater.Server.Hosting;
using Breakwater.Server.Management;
using Breakwater.Server.Network;
using Breakwater.Server.Work;

namespace Breakwater.Server.Commands;

/// <summary>Runs the server: services, then the pipeline, then the route tables, in reading order.</summary>
internal static class ServeCommand
{
    /// <summary>EX_SOFTWARE of sysexits.h: the database failed for good.</summary>
    private const int FatalExitCode = 70;

    /// <summary>How long a start waits for key stores' first answers, so that clients are not told 503 without need. What has no answer by then stays closed.</summary>
    private static readonly TimeSpan KeyStoresLimit = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(ServerSettings settings, KeyStoreTypes types, CancellationToken stop)
    {
        try
        {
            var directory = ServerInstallation.Directory(settings);
            directory.Create();
            using var held = DirectoryLock.TryTake(directory)
                ?? throw new WrongVolumeException($"Another process uses {directory.Path}. Stop it, or name another data directory with --data.");
            await using var installation = await OpenInstallation.OpenAsync(directory, held, Options(settings, types), TimeProvider.System, stop);
            return await ServeAsync(settings, installation, stop);
        }
        catch (Exception e) when (e is WrongVolumeException or KeyUnavailableException or InvalidDataException or InvalidValueException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Breakwater did not start: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    // Only a server takes records away: a command may not know how long they are to be kept.
    private static InstallationOptions Options(ServerSettings settings, KeyStoreTypes types) => ServerInstallation.Options(settings, types, Die) with
    {
        Domain = settings.Domain,
        PlainHosts = AllowedHosts.Plain(settings),
        Tiers = TierOverrides.Read(settings.TierLimits),
        Audit = new AuditOptions { Retention = settings.AuditRetention, MaxRecords = settings.AuditMaxRecords },
    };

    private static async Task<int> ServeAsync(ServerSettings settings, OpenInstallation installation, CancellationToken stop)
    {
        var control = ControlSocket.Fits(installation.Directory.ControlSocket) ? installation.Directory.ControlSocket : null;
        var builder = ServerHost.CreateBuilder(settings, control);
        AddServices(builder.Services, settings, installation);
        await using var app = builder.Build();
        using var meter = Telemetry.ObserveHost(app.Services);
        using var registryMetrics = new RegistryMetrics(installation, app.Services.GetRequiredService<RequestThrottle>());
        app.Services.GetRequiredService<AuditExport>().Start();
        await app.Services.LoadAccessAsync(stop);
        var gate = new StartGate();
        UsePipeline(app, settings, gate, installation.Registries);
        MapRoutes(app);
        var exitCode = await ServerRun.RunAsync(app, control, async listeners =>
        {
            var (generated, note) = await OwnerSetup.RunAsync(
                app.Services.GetRequiredService<PrincipalDirectory>(), app.Services.GetRequiredService<UserAccounts>(),
                app.Services.GetRequiredService<PasswordSignIn>(), app.Services.GetRequiredService<StartRecords>(), settings);
            await app.Services.GetRequiredService<StartRecords>().ServerStartedAsync();
            IntegrityAlarm.Announce();
            await app.Services.GetRequiredService<KeyService>().AskedAsync(KeyStoresLimit);
            gate.Open();
            await Console.Out.WriteAsync(FirstScreen.Render(Facts(settings, installation, listeners, generated, note), FirstScreen.WantsColour));
        });
        await WritePullsAsync(installation);
        // While the database is still open: the services own it too.
        await installation.Audit.DisposeAsync();
        return await SaveUploadsAsync(installation) ? exitCode : ExitCodes.Failed;
    }

    // Without it nothing acknowledged is lost, but uploads that had just begun start anew.
    private static async Task<bool> SaveUploadsAsync(OpenInstallation installation)
    {
        try
        {
            await installation.Uploads.SaveAsync();
            return true;
        }
        catch (OciException e)
        {
            await Console.Error.WriteLineAsync($"Uploads in progress could not be written down: {e.InnerException?.Message ?? e.Message}");
            return false;
        }
    }

    // Seconds of counting are no reason to tell that the stop failed.
    private static async Task WritePullsAsync(OpenInstallation installation)
    {
        try
        {
            await installation.Pulls.WriteAsync();
        }
        catch (Exception e) when (e is OciException or DbException)
        {
            await Console.Error.WriteLineAsync($"The pulls of the last seconds could not be written down: {e.InnerException?.Message ?? e.Message}");
        }
    }

    internal static void AddServices(IServiceCollection services, ServerSettings settings, OpenInstallation installation)
    {
        services.AddSingleton<IMetadataDatabase>(_ => installation.Database);
        services.AddSingleton(_ => installation.Secrets);
        services.AddSingleton(installation.Registries);
        services.AddSingleton(installation.Groups);
        services.AddSingleton(_ => installation.Keys);
        services.AddSingleton(installation.Tiers);
        services.AddSingleton(installation.PrivateConnections);
        services.AddSingleton(installation.Erasure);
        services.AddSingleton(installation.Purge);
        services.AddSingleton(installation.BinPurge);
        services.AddSingleton(new PrivateListeners(settings.PrivateListeners, settings.PrivateNetworks));
        services.AddSingleton(new RecoveryWindow(settings.RegistryRecovery));
        services.AddSingleton(new InstallationScope(installation.Id, installation.Groups));
        services.AddSingleton(TrustedIssuers.Read(settings.TrustedIssuers, TimeProvider.System));
        services.AddSingleton(installation.Outbox);
        services.AddSingleton(new EgressGuard(settings.WebhookAllow));
        services.AddAccess(new LoginLimits
        {
            PerSource = settings.LoginFailuresPerSource,
            PerName = settings.LoginFailuresPerName,
            PerNameAndSource = settings.LoginFailuresPerNameAndSource,
        });
        services.AddAudit(installation.Audit);
        services.AddSingleton<Bandwidth>();
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<DataAddresses>(p, installation.Repositories));
        services.AddSingleton<DataRedirect>();
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<BlobEndpoints>(p, installation.Blobs));
        services.AddSingleton(p => new DistributionRoutes(
            new ManifestEndpoints(installation.Manifests, installation.Tags),
            p.GetRequiredService<BlobEndpoints>(),
            new BlobUploadEndpoints(installation.Uploads, p.GetRequiredService<Bandwidth>(), p.GetRequiredService<NetworkGate>()),
            new TagEndpoints(installation.Tags),
            new ReferrerEndpoints(installation.Referrers),
            new CatalogEndpoints(installation.Repositories),
            ActivatorUtilities.CreateInstance<DataEndpoint>(p, installation.Blobs)));
        services.AddSingleton(_ => new AcrRoutes(
            new CatalogEndpoints(installation.Repositories, AcrRoutes.Catalog),
            new AcrRepositoryEndpoints(installation.RepositoryProperties, installation.Repositories),
            new AcrTagEndpoints(installation.TagProperties, installation.Tags),
            new AcrManifestEndpoints(installation.ManifestProperties),
            new AcrDeletedEndpoints(installation.Deleted, installation.Restore)));
        services.AddSingleton(new RemoteClients(new EgressGuard(settings.ImportAllow), RemoteAuthorities.Read(settings.ImportCa)));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<ImportRunner>(
            p, new ImportStores(installation.Repositories, installation.Manifests, installation.Blobs, installation.Uploads, installation.Referrers), new ImportLimits()));
        services.AddSingleton(_ => new ControlEndpoints(new OperatorCommands(installation)));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<EventPump>(p, new EventOptions()));
        services.AddHostedService(p => ActivatorUtilities.CreateInstance<CleanUpService>(p, installation));
        services.AddSingleton(new KeyWatchOptions { CheckInterval = settings.KeyCheck, FollowInterval = settings.KeyFollow, Grace = settings.KeyGrace });
        services.AddSingleton<KeyWatch>();
        services.AddSingleton<KeyFollower>();
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<KeyService>(p, installation));
        services.AddHostedService(p => p.GetRequiredService<KeyService>());
        services.AddHostedService(p => ActivatorUtilities.CreateInstance<RotationService>(p, installation, ServerInstallation.RotationOf(settings)));
        services.AddHostedService(p => ActivatorUtilities.CreateInstance<HealthService>(p, installation));
        services.AddHostedService(p => ActivatorUtilities.CreateInstance<PullCountService>(p, installation));
        services.AddHostedService(p => ActivatorUtilities.CreateInstance<WebhookService>(p));
        services.AddHostedService(p => ActivatorUtilities.CreateInstance<ImportService>(p));
    }

    private static void UsePipeline(WebApplication app, ServerSettings settings, StartGate gate, RegistryDirectory registries)
    {
        app.UseCorrelation();
        app.Use(next => new StrictTransport(next).InvokeAsync);
        if (settings.TrustedProxies.Count > 0)
            app.Use(next => new ForwardedAddress(next, new TrustedProxies(settings.TrustedProxies, settings.ProxyHops)).InvokeAsync);
        app.Use(next => new HttpGuards(next, AllowedHosts.For(settings, registries)).InvokeAsync);
        app.UseListenerSplit(app.Services.GetRequiredService<ControlEndpoints>().InvokeAsync);
        app.UseMiddleware<AuditMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.Use(gate.Before);
        app.UseAccess();
    }

    internal static void MapRoutes(WebApplication app)
    {
        app.Services.GetRequiredService<DistributionRoutes>().Map(app);
        app.Services.GetRequiredService<AcrRoutes>().Map(app);
        app.MapAccess();
        RouteTable.Verify(((IEndpointRouteBuilder)app).DataSources);
    }

    private static FirstScreenFacts Facts(ServerSettings settings, OpenInstallation installation, Listeners listeners, string? generated, string note) => new()
    {
        Version = ProductVersion.Text,
        RegistryName = installation.Registries.First.Name,
        DataDirectory = settings.Data,
        Http = listeners.Http?.ToString(),
        Https = listeners.Https?.ToString(),
        Operations = listeners.Operations?.ToString(),
        Private = settings.PrivateListeners,
        GeneratedPassword = generated,
        PasswordNote = note,
        AuthorityFile = settings.TlsCert is null ? Path.Combine(installation.Directory.Tls, "ca.crt") : null,
    };

    // Nothing may be acknowledged after a lost commit; recovery starts from what the disk holds.
    private static void Die(string problem)
    {
        Console.Error.WriteLine($"{problem} The server stops; it recovers from the disk when it is started again.");
        // Not on the writer's own thread: what is disposed at the exit waits for it.
        new Thread(() => Environment.Exit(FatalExitCode)).Start();
    }
}
