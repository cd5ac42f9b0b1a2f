namespace Breakwater.Core.Events;

/// <summary>Where a registry tells about changes of its content. Address, headers and secret are not part of it: <see cref="CallbackConfig"/>.</summary>
public sealed record Webhook
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>As <see cref="WebhookScope"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>One a line.</summary>
    public required string Actions { get; init; }

    public required PayloadFormat PayloadFormat { get; init; }

    /// <summary>ARM's tags of the resource, as a JSON object.</summary>
    public required string Tags { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when events are lost because too many wait; null: none is. It ends when nothing waits any more.</summary>
    public DateTimeOffset? OverflowedAt { get; init; }

    /// <summary>How many since then.</summary>
    public long Lost { get; init; }
}
