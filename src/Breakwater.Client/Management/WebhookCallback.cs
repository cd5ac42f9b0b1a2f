using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>Where a webhook calls, and with which headers, and what signs; these are secrets.</summary>
public sealed record WebhookCallback : OpenRecord
{
    public string? ServiceUri { get; init; }

    public IReadOnlyDictionary<string, string>? CustomHeaders { get; init; }

    /// <summary>Signs what is sent; receivers compare.</summary>
    public string? SigningSecret { get; init; }
}
