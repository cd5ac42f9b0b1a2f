using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/private-endpoint-connections</summary>
public sealed record PrivateConnectionProperties : OpenRecord
{
    public PrivateLinkState? PrivateLinkServiceConnectionState { get; init; }
}
