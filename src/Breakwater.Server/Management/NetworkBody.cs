using System.Text.Json;
using Breakwater.Core.Network;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>Between a registry's network and the three properties that ARM has for it.</summary>
internal static class NetworkBody
{
    private const string Enabled = "Enabled", Disabled = "Disabled", AzureServices = "AzureServices", None = "None";

    /// <exception cref="OciException"><c>InvalidRequest</c>; the message names the member.</exception>
    /// <exception cref="Core.Identity.InvalidValueException">An address is not valid; the message says what to write.</exception>
    public static NetworkChange ToChange(NetworkRuleSetBody? rules, string? publicAccess, string? bypass)
    {
        if (rules?.VirtualNetworkRules is { ValueKind: not JsonValueKind.Null } networks && (networks.ValueKind != JsonValueKind.Array || networks.GetArrayLength() > 0))
            throw Invalid("properties.networkRuleSet.virtualNetworkRules names Azure's own networks, which are not here. Use ipRules, or a private endpoint.");
        return new NetworkChange
        {
            DefaultAction = ActionOf(rules?.DefaultAction, "properties.networkRuleSet.defaultAction"),
            Rules = rules?.IpRules is null ? null : [.. rules.IpRules.Select(RuleOf)],
            IsPublic = Choose(publicAccess, Enabled, Disabled, "properties.publicNetworkAccess"),
            TrustsServices = Choose(bypass, AzureServices, None, "properties.networkRuleBypassOptions"),
        };
    }

    public static object RulesOf(RegistryNetwork network) => new
    {
        defaultAction = network.Rules.DefaultAction.ToString(),
        ipRules = network.Rules.Rules.Select(rule => new { action = rule.Action.ToString(), value = rule.Range.Text }),
    };

    public static string PublicAccessOf(RegistryNetwork network) => network.IsPublic ? Enabled : Disabled;

    public static string BypassOf(RegistryNetwork network) => network.TrustsServices ? AzureServices : None;

    private static AddressRule RuleOf(NetworkRuleSetBody.IpRule? rule) => rule?.Value is { } value
        ? AddressRule.Parse(ActionOf(rule.Action, "properties.networkRuleSet.ipRules.action") ?? RuleAction.Allow, value)
        : throw Invalid("Each of properties.networkRuleSet.ipRules needs a value: an address or a network.");

    private static RuleAction? ActionOf(string? text, string member) => Choose(text, nameof(RuleAction.Allow), nameof(RuleAction.Deny), member) switch
    {
        null => null,
        true => RuleAction.Allow,
        false => RuleAction.Deny,
    };

    // As ARM does, without regard to case.
    private static bool? Choose(string? text, string yes, string no, string member)
    {
        if (text is null)
            return null;
        if (text.Equals(yes, StringComparison.OrdinalIgnoreCase))
            return true;
        return text.Equals(no, StringComparison.OrdinalIgnoreCase) ? false : throw Invalid($"{member} must be {yes} or {no}.");
    }

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidRequest, message);
}
