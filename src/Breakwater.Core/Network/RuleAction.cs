namespace Breakwater.Core.Network;

/// <summary>What becomes of a client whose address a rule, or none, is about.</summary>
public enum RuleAction
{
    Allow,

    /// <summary>Of a rule: not ACR's, which only has a default of this kind.</summary>
    Deny,
}
