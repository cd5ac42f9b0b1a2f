using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What a private endpoint leads to, and whether it may.</summary>
public sealed record PrivateLink : OpenRecord
{
    public string? Name { get; init; }

    public PrivateLinkProperties? Properties { get; init; }
}
