using Breakwater.Core.Installation;
using Breakwater.Core.Tokens;
using Breakwater.Oci;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Work;

/// <summary>Looks every few seconds whether the stores can be used, and once a day after the signing keys.</summary>
internal sealed class HealthService(OpenInstallation installation, Readiness readiness, SigningKeyRing signingKeys, TimeProvider clock, ILogger<HealthService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5), KeyInterval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var keysLookedAt = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            readiness.Report("storage", installation.Vault.Probe() is null ? null : "the object store is not there");
            readiness.Report("database", installation.Database.WriteFailure is null ? null : "the metadata database cannot be written");
            if (clock.GetElapsedTime(keysLookedAt) < KeyInterval)
                continue;
            keysLookedAt = clock.GetTimestamp();
            await MaintainKeysAsync(stoppingToken);
        }
    }

    private async Task MaintainKeysAsync(CancellationToken stoppingToken)
    {
        try
        {
            await signingKeys.MaintainAsync(stoppingToken);
        }
        catch (OciException e)
        {
            WorkLog.SigningKeysFailed(logger, e);
        }
    }
}
