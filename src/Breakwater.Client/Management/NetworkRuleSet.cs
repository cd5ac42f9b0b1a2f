using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>The firewall of a registry. For changes, null leaves a member as it is.</summary>
public sealed record NetworkRuleSet : OpenRecord
{
    /// <summary>Allow or Deny, for addresses that no rule is about.</summary>
    public string? DefaultAction { get; init; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<NetworkRule>? IpRules { get; init; }
}
