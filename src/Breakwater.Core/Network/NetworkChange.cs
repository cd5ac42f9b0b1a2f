namespace Breakwater.Core.Network;

/// <summary>What is to change of a registry's network; null leaves a member as it is. The rules come whole.</summary>
public sealed record NetworkChange
{
    public RuleAction? DefaultAction { get; init; }

    public IReadOnlyList<AddressRule>? Rules { get; init; }

    public bool? IsPublic { get; init; }

    public bool? TrustsServices { get; init; }

    public bool? HasDataEndpoint { get; init; }

    internal RegistryNetwork Apply(RegistryNetwork before)
    {
        var rules = new NetworkRules(DefaultAction ?? before.Rules.DefaultAction, Rules ?? before.Rules.Rules);
        return before with
        {
            Rules = rules.Is(before.Rules) ? before.Rules : rules,
            IsPublic = IsPublic ?? before.IsPublic,
            TrustsServices = TrustsServices ?? before.TrustsServices,
            HasDataEndpoint = HasDataEndpoint ?? before.HasDataEndpoint,
        };
    }
}
