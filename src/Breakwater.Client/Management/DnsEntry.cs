using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>A name and the addresses that it is to have.</summary>
public sealed record DnsEntry : OpenRecord
{
    public string Fqdn { get; init; } = "";

    public IReadOnlyList<string> IpAddresses { get; init; } = [];
}
