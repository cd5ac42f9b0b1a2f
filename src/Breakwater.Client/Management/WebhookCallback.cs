using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>Where a webhook calls, and with which headers; these may hold a secret.</summary>
public sealed record WebhookCallback : OpenRecord
{
    public string? ServiceUri { get; init; }

    public IReadOnlyDictionary<string, string>? CustomHeaders { get; init; }
}
