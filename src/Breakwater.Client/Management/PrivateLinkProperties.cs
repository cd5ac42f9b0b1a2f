using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

public sealed record PrivateLinkProperties : OpenRecord
{
    /// <summary>The registry's resource id.</summary>
    public string? PrivateLinkServiceId { get; init; }

    public IReadOnlyList<string>? GroupIds { get; init; }

    /// <summary>For whoever decides.</summary>
    public string? RequestMessage { get; init; }

    public PrivateLinkState? PrivateLinkServiceConnectionState { get; init; }
}
