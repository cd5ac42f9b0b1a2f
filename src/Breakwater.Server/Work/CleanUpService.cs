using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Installation;
using Breakwater.Core.Work;
using Breakwater.Oci;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Work;

/// <summary>Runs the clean-up at its interval, and the sweep of left-over files once a day.</summary>
internal sealed class CleanUpService(OpenInstallation installation, ServerSettings settings, TimeProvider clock, ILogger<CleanUpService> logger) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromDays(1);

    private readonly ClockGuard _guard = new(clock, settings.GcLease);
    private long? _sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.GcInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_guard.MayRun())
                await RunAsync(stoppingToken);
            else
                WorkLog.ClockJumped(logger, settings.GcLease);
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await EraseRegistriesAsync(stoppingToken);
            var report = await installation.CleanUp.RunAsync(stoppingToken);
            if (report.Blobs + report.Uploads + report.Files > 0)
                WorkLog.CleanedUp(logger, report.Blobs, report.Uploads, report.Files);
            if (_sweptAt is not { } swept || clock.GetElapsedTime(swept) >= SweepInterval)
                await SweepAsync(stoppingToken);
        }
        catch (Exception e) when (e is OciException or IOException or UnauthorizedAccessException)
        {
            WorkLog.CleanUpFailed(logger, e);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on where this one stopped.
        }
    }

    private async Task EraseRegistriesAsync(CancellationToken stoppingToken)
    {
        foreach (var id in await installation.Erasure.RunAsync(clock.GetUtcNow() - settings.RegistryRecovery, stoppingToken))
        {
            WorkLog.RegistryErased(logger, id);
            await installation.Audit.WriteAsync(new AuditRecord
            {
                Time = clock.GetUtcNow(),
                Category = AuditCategory.Administration,
                Operation = ManagementActions.PurgeRegistry,
                Status = StatusCodes.Status200OK,
                Description = $"Registry {id:D}: its recovery window has ended, its keys are destroyed.",
            });
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        var files = await installation.CleanUp.SweepAsync(stoppingToken);
        _sweptAt = clock.GetTimestamp();
        if (files > 0)
            WorkLog.Swept(logger, files);
    }
}
