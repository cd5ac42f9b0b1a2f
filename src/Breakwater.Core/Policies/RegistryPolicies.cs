namespace Breakwater.Core.Policies;

/// <summary>What a registry asks of content beyond the rights of who brings it; ACR's <c>properties.policies</c>.</summary>
public sealed record RegistryPolicies
{
    public static readonly RegistryPolicies None = new();

    public SigningPolicy Signing { get; init; }
}
