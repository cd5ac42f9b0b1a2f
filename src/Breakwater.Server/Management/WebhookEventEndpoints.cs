using Breakwater.Core.Access;
using Breakwater.Core.Events;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>What a webhook has sent, a ping, and sending once more. https://learn.microsoft.com/rest/api/containerregistry/webhooks/list-events</summary>
internal sealed class WebhookEventEndpoints(WebhookEvents events)
{
    private const string Item = WebhookEndpoints.Tail + "/{name}";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("POST", Item + "/ping", ManagementActions.WebhooksPing, PingAsync)
        .MapRegistry("POST", Item + "/listEvents", ManagementActions.WebhooksListEvents, ListAsync)
        .MapRegistry("POST", Item + "/redeliver", ManagementActions.WebhooksRedeliver, RedeliverAsync);

    private async Task PingAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var id = await events.PingAsync(access, WebhookEndpoints.NameOf(context)) ?? throw NotFound();
        await ArmJson.WriteAsync(context, new { id = $"{id:D}" });
    }

    // No link to more: tools follow it by GET, and the call that reads this log is a POST.
    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var list = await events.ListAsync(access, WebhookEndpoints.NameOf(context), StateOf(context.Request.Query["state"]), ArmPage.Size) ?? throw NotFound();
        await ArmJson.WriteAsync(context, new { value = list.Select(WebhookEventJson.Render) });
    }

    private async Task RedeliverAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = await ArmJson.ReadAsync<RedeliverBody>(context);
        var count = await events.RedeliverAsync(access, WebhookEndpoints.NameOf(context), body.EventId) ?? throw NotFound();
        if (count == 0 && body.EventId is not null)
            throw new OciException(ManagementErrors.NotFound, "The webhook has no such event that was given up. What still waits is sent by itself.");
        await ArmJson.WriteAsync(context, new { count });
    }

    private static EventState? StateOf(string? text) => text switch
    {
        null => null,
        "waiting" => EventState.Waiting,
        "delivered" => EventState.Delivered,
        "dead" => EventState.Dead,
        _ => throw new OciException(ManagementErrors.InvalidRequest, "state must be waiting, delivered or dead."),
    };

    private static OciException NotFound() => new(ManagementErrors.NotFound);

    /// <param name="EventId">Null: the oldest of all that were given up, up to 1,000.</param>
    internal sealed record RedeliverBody(Guid? EventId);
}
