using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>An address or a network that a registry lets in or shuts out.</summary>
public sealed record NetworkRule : OpenRecord
{
    /// <summary>Allow or Deny.</summary>
    public string? Action { get; init; }

    /// <summary>For instance <c>203.0.113.0/24</c>.</summary>
    public string Value { get; init; } = "";
}
