using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/webhooks. Address and headers are written, and read by <c>getCallbackConfig</c> only.</summary>
public sealed record WebhookProperties : OpenRecord
{
    public string? ServiceUri { get; init; }

    public IReadOnlyDictionary<string, string>? CustomHeaders { get; init; }

    /// <summary>enabled or disabled.</summary>
    public string? Status { get; init; }

    /// <summary>A repository, <c>team/*</c>, or <c>team/app:tag</c>; empty for all.</summary>
    public string? Scope { get; init; }

    /// <summary>Of push, delete, quarantine, chart_push, chart_delete.</summary>
    public IReadOnlyList<string>? Actions { get; init; }

    public string? ProvisioningState { get; init; }
}
