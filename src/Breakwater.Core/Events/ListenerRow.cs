namespace Breakwater.Core.Events;

/// <summary>The part of a row of <c>webhook</c> by which it hears of changes.</summary>
internal sealed record ListenerRow
{
    public Guid Id { get; init; }

    public string Scope { get; init; } = "";

    public string Actions { get; init; } = "";

    public PayloadFormat PayloadFormat { get; init; }

    public bool Hears(RegistryEvent happened) =>
        Actions.Split('\n').Contains(happened.Action) && WebhookScope.Parse(Scope).Covers(happened.Repository, happened.Tags);
}
