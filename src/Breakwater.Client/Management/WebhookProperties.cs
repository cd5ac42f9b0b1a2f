using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/webhooks. Address and headers are written, and read by <c>getCallbackConfig</c> only.</summary>
public sealed record WebhookProperties : OpenRecord
{
    public string? ServiceUri { get; init; }

    public IReadOnlyDictionary<string, string>? CustomHeaders { get; init; }

    /// <summary>enabled or disabled.</summary>
    public string? Status { get; init; }

    /// <summary><c>team/app:tag</c>, either with a <c>*</c> at its end; a repository alone is its tag latest; empty for all.</summary>
    public string? Scope { get; init; }

    /// <summary>Of push, delete, chart_push, chart_delete.</summary>
    public IReadOnlyList<string>? Actions { get; init; }

    public string? ProvisioningState { get; init; }

    /// <summary>normal; overflowed while so many events wait that new ones are lost. Read only.</summary>
    public string? DeliveryState { get; init; }

    /// <summary>Since when. Read only.</summary>
    public DateTimeOffset? OverflowedAt { get; init; }

    /// <summary>Since then. Read only.</summary>
    public long? EventsLost { get; init; }
}
