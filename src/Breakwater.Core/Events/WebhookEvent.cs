namespace Breakwater.Core.Events;

/// <summary>An event of a webhook, as its log has it.</summary>
public sealed record WebhookEvent
{
    public required Guid Id { get; init; }

    public required PayloadFormat PayloadFormat { get; init; }

    /// <summary>What is sent.</summary>
    public required byte[] Body { get; init; }

    public required EventState State { get; init; }

    public required int Attempts { get; init; }

    /// <summary>Null: it waits for an earlier event of its repository, or has ended.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>Of the last attempt, as JSON; null before the first has ended.</summary>
    public required string? Request { get; init; }

    public required string? Response { get; init; }
}
