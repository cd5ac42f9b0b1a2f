namespace Breakwater.Core.Events;

/// <summary>An event that is being sent.</summary>
internal sealed record StartedEvent
{
    public long Sequence { get; init; }
    public Guid Id { get; init; }
    public Guid WebhookId { get; init; }
    public string Lane { get; init; } = "";
    public string Action { get; init; } = "";
    public PayloadFormat PayloadFormat { get; init; }
    public byte[] Body { get; init; } = [];

    /// <summary>This one included.</summary>
    public int Attempts { get; init; }

    /// <summary>When it happened, or was asked to be sent anew.</summary>
    public DateTimeOffset QueuedAt { get; init; }
}
