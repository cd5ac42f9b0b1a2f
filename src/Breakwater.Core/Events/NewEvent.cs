namespace Breakwater.Core.Events;

/// <summary>An event on its way into the outbox of one webhook.</summary>
internal sealed record NewEvent(Guid Id, Guid WebhookId, string Lane, string Action, PayloadFormat PayloadFormat, byte[] Body)
{
    /// <summary>A ping waits for nobody and nobody for it. No repository has a colon in its name.</summary>
    public static string PingLane(Guid id) => $"ping:{id:N}";
}
