using System.Text.Json;

namespace Breakwater.Server.Management;

/// <summary>A registry's firewall as ARM has it.</summary>
/// <param name="DefaultAction">Allow or Deny.</param>
/// <param name="IpRules">All rules; left out, they stay.</param>
/// <param name="VirtualNetworkRules">Of Azure's own networks, from old versions: none can be given.</param>
internal sealed record NetworkRuleSetBody(string? DefaultAction, IReadOnlyList<NetworkRuleSetBody.IpRule?>? IpRules, JsonElement? VirtualNetworkRules)
{
    /// <param name="Action">Allow, which is the default; or Deny, which ACR has not.</param>
    /// <param name="Value">An address or a network.</param>
    internal sealed record IpRule(string? Action, string? Value);
}
