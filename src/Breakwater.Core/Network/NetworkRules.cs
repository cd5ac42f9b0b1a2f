using System.Collections.Immutable;
using System.Net;

namespace Breakwater.Core.Network;

/// <summary>A registry's firewall, ready to be asked on every request. Immutable: a change puts another one in its place.</summary>
public sealed class NetworkRules
{
    /// <summary>Everybody is let in.</summary>
    public static readonly NetworkRules None = new(RuleAction.Allow, []);

    private readonly AddressSet _denied, _allowed;

    public NetworkRules(RuleAction defaultAction, IEnumerable<AddressRule> rules)
    {
        DefaultAction = defaultAction;
        Rules = [.. rules.Distinct()];
        _denied = Compile(RuleAction.Deny);
        _allowed = Compile(RuleAction.Allow);
    }

    /// <summary>For addresses that no rule is about.</summary>
    public RuleAction DefaultAction { get; }

    /// <summary>In the order in which they were given, which means nothing: Deny goes before Allow.</summary>
    public ImmutableArray<AddressRule> Rules { get; }

    /// <summary>Whether it lets everybody in.</summary>
    public bool AdmitsAll => DefaultAction == RuleAction.Allow && _denied.IsEmpty;

    public bool Admits(IPAddress address) => !_denied.Contains(address) && (DefaultAction == RuleAction.Allow || _allowed.Contains(address));

    public bool Is(NetworkRules other) => DefaultAction == other.DefaultAction && Rules.SequenceEqual(other.Rules);

    private AddressSet Compile(RuleAction action) => AddressSet.Of(Rules.Where(rule => rule.Action == action).Select(rule => rule.Range));
}
