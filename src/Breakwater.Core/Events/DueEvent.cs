namespace Breakwater.Core.Events;

/// <summary>An event whose time has come.</summary>
internal sealed record DueEvent
{
    public long Sequence { get; init; }

    public Guid WebhookId { get; init; }

    public Guid RegistryId { get; init; }
}
