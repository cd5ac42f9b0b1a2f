using System.Data.Common;
using Breakwater.Core.Installation;
using Breakwater.Core.Usage;
using Breakwater.Oci;

namespace Breakwater.Server.Work;

/// <summary>Writes down what pulls were counted, in short intervals. What comes after the last one is written when the server stops.</summary>
internal sealed class PullCountService(OpenInstallation installation, TimeProvider clock, ILogger<PullCountService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PullCounts.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await installation.Pulls.WriteAsync();
            }
            catch (Exception e) when (e is OciException or DbException)
            {
                WorkLog.PullsNotWritten(logger, e);
            }
        }
    }
}
