using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/virtualnetwork/private-endpoints; what Azure has a subnet for is here a listener with networks and an authority.</summary>
public sealed record PrivateEndpointProperties : OpenRecord
{
    public IReadOnlyList<PrivateLink>? PrivateLinkServiceConnections { get; init; }

    /// <summary>In the place of the former: to be approved in any case by somebody else.</summary>
    public IReadOnlyList<PrivateLink>? ManualPrivateLinkServiceConnections { get; init; }

    /// <summary>Name of a private listener of the server.</summary>
    public string? Listener { get; init; }

    /// <summary>Networks of the clients.</summary>
    public IReadOnlyList<string>? SourcePrefixes { get; init; }

    /// <summary>PEM: whose certificates the clients must have.</summary>
    public string? ClientCertificateAuthority { get; init; }

    /// <summary>What the private network's name server is to say. Read only.</summary>
    public IReadOnlyList<DnsEntry>? CustomDnsConfigs { get; init; }
}
