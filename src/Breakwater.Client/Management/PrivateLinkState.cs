using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What a registry thinks of a private endpoint.</summary>
public sealed record PrivateLinkState : OpenRecord
{
    /// <summary>Pending, Approved, Rejected or Disconnected.</summary>
    public string? Status { get; init; }

    public string? Description { get; init; }
}
