using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary>What tables show of webhooks and their events.</summary>
internal static class WebhookColumns
{
    public static Column[] Webhook { get; } = [new("Name", "name"), new("Status", "properties.status"), new("Scope", "properties.scope"), new("Actions", "properties.actions"), new("State", "properties.provisioningState"), new("Delivery", "properties.deliveryState")];

    public static Column[] Event { get; } =
    [
        new("Time", "eventRequestMessage.content.timestamp", Cells.Time), new("Action", "eventRequestMessage.content.action"), new("Repository", "eventRequestMessage.content.target.repository"),
        new("Tag", "eventRequestMessage.content.target.tag"), new("State", "state"), new("Attempts", "attempts"), new("Answer", "eventResponseMessage.statusCode"), new("Id", "id"),
    ];

    public static Column[] Callback { get; } = [new("Address", "serviceUri"), new("Headers", "customHeaders"), new("Signing secret", "signingSecret")];
}
