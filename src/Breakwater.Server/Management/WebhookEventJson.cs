using System.Text.Json.Nodes;
using Breakwater.Core.Events;

namespace Breakwater.Server.Management;

/// <summary>An event as <c>listEvents</c> shows it. State and attempts are ours; ACR tries once.</summary>
internal static class WebhookEventJson
{
    public static object Render(WebhookEvent item)
    {
        var request = item.Request is null ? [] : JsonNode.Parse(item.Request)!.AsObject();
        request["content"] = ContentOf(item);
        return new
        {
            id = $"{item.Id:D}",
            state = item.State switch { EventState.Waiting => "waiting", EventState.Delivered => "delivered", _ => "dead" },
            attempts = item.Attempts,
            nextAttempt = item.DueAt,
            eventRequestMessage = request,
            eventResponseMessage = item.Response is null ? null : JsonNode.Parse(item.Response),
        };
    }

    // Tools look for ACR's members: of a CloudEvent these are the data.
    private static JsonNode ContentOf(WebhookEvent item)
    {
        var body = JsonNode.Parse(item.Body)!;
        return item.PayloadFormat == PayloadFormat.CloudEvents ? body["data"]!.DeepClone() : body;
    }
}
