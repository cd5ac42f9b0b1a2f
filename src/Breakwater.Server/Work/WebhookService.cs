using Breakwater.Core.Events;

namespace Breakwater.Server.Work;

/// <summary>Sends what webhooks have to hear.</summary>
internal sealed class WebhookService(EventPump pump, ILogger<WebhookService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        pump.RunAsync(e => WorkLog.EventsFailed(logger, e), (webhook, count) => WorkLog.EventsGivenUp(logger, webhook, count), stoppingToken);
}
