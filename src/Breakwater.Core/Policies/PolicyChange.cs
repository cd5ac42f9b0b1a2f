namespace Breakwater.Core.Policies;

/// <summary>What is to change of a registry's policies; null leaves a member as it is.</summary>
public sealed record PolicyChange(SigningPolicy? Signing)
{
    internal RegistryPolicies Apply(RegistryPolicies before) => before with { Signing = Signing ?? before.Signing };
}
