using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Identity;
using Breakwater.Core.Installation;
using Breakwater.Core.Registries;
using Breakwater.Core.Retention;
using Breakwater.Core.Work;
using Breakwater.Oci;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Work;

/// <summary>Runs the clean-up at its interval, and the sweep of left-over files once a day.</summary>
internal sealed class CleanUpService(OpenInstallation installation, PrincipalDirectory principals, ServerSettings settings, TimeProvider clock, ILogger<CleanUpService> logger) : BackgroundService
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
        await TryAsync(() => EraseRegistriesAsync(stoppingToken), stoppingToken);
        await TryAsync(() => EmptyBinsAsync(stoppingToken), stoppingToken);
        // Before the clean-up, which frees what is held no longer.
        await TryAsync(() => RemoveUntaggedAsync(stoppingToken), stoppingToken);
        await TryAsync(() => CleanUpAsync(stoppingToken), stoppingToken);
    }

    private async Task CleanUpAsync(CancellationToken stoppingToken)
    {
        var report = await installation.CleanUp.RunAsync(stoppingToken);
        if (report.Blobs + report.Uploads + report.Files > 0)
            WorkLog.CleanedUp(logger, report.Blobs, report.Uploads, report.Files);
        if (_sweptAt is not { } swept || clock.GetElapsedTime(swept) >= SweepInterval)
            await SweepAsync(stoppingToken);
    }

    // One that fails does not keep the others from their work.
    private async Task TryAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
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
        await installation.Erasure.ContinueAsync(stoppingToken);
        var before = clock.GetUtcNow() - settings.RegistryRecovery;
        foreach (var due in await installation.Erasure.FindDueAsync(before))
        {
            var record = new AuditRecord
            {
                Time = clock.GetUtcNow(),
                Category = AuditCategory.Administration,
                Operation = ManagementActions.PurgeRegistry,
                Status = StatusCodes.Status200OK,
                Description = $"Registry {due.Name} ({due.Id:D}): its recovery window has ended, its keys are destroyed.",
            };
            // As every change it is not made without a durable trace.
            var change = await installation.Audit.BeginAsync(record);
            var outcome = await installation.Erasure.EraseAsync(due.Id, before, stoppingToken);
            if (outcome != ErasureOutcome.NotDeleted)
                WorkLog.RegistryErased(logger, due.Id);
            await installation.Audit.WriteAsync(outcome == ErasureOutcome.NotDeleted ? record with { Status = StatusCodes.Status409Conflict, Description = $"Registry {due.Name} was recovered before its keys were destroyed." } : record, change);
            principals.Forget(due.Id);
        }
    }

    private async Task RemoveUntaggedAsync(CancellationToken stoppingToken)
    {
        var count = await installation.Retention.RunAsync(
            (registry, item) => installation.Audit.EnqueueAsync(
                RecordOf(registry, item, $"Retention: nothing had named it for {registry.Policies.Retention.Days} days."), CancellationToken.None),
            stoppingToken);
        if (count > 0)
            WorkLog.UntaggedRemoved(logger, count);
    }

    private async Task EmptyBinsAsync(CancellationToken stoppingToken)
    {
        var count = await installation.BinExpiry.RunAsync(
            (registry, item) => installation.Audit.EnqueueAsync(
                RecordOf(registry, item, $"Soft delete: its {registry.Policies.SoftDelete.Days} days in the recycle bin have ended."), CancellationToken.None),
            stoppingToken);
        if (count > 0)
            WorkLog.BinsEmptied(logger, count);
    }

    private AuditRecord RecordOf(Registry registry, PurgedItem item, string description) => new()
    {
        Time = clock.GetUtcNow(),
        Category = AuditCategory.Repository,
        Operation = item.Tag is null ? AuditOperations.PurgeManifest : AuditOperations.PurgeTag,
        Status = StatusCodes.Status200OK,
        Description = description,
        Resource = registry.Name,
        LoginServer = installation.Registries.HostOf(registry),
        Repository = item.Repository,
        Tag = item.Tag,
        Digest = item.Digest,
    };

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        var files = await installation.CleanUp.SweepAsync(stoppingToken);
        _sweptAt = clock.GetTimestamp();
        if (files > 0)
            WorkLog.Swept(logger, files);
    }
}
