using Breakwater.Core.Policies;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary><c>properties.policies</c> of a registry, as it is read and as it is shown.</summary>
internal sealed record PoliciesBody(PoliciesBody.Signing? SigningPolicy)
{
    private const string Enabled = "enabled", Disabled = "disabled";

    /// <param name="Status">enabled or disabled, as with ACR's policies.</param>
    /// <param name="IncludeAttestations">False when absent.</param>
    internal sealed record Signing(string? Status, bool? IncludeAttestations);

    public static PoliciesBody Of(RegistryPolicies policies) => new(new Signing(policies.Signing.Required ? Enabled : Disabled, policies.Signing.IncludeAttestations));

    public PolicyChange ToChange() => new(SigningPolicy is null ? null : Read(SigningPolicy));

    private static SigningPolicy Read(Signing signing) => signing.Status is Enabled or Disabled
        ? new SigningPolicy(signing.Status == Enabled, signing.IncludeAttestations ?? false)
        : throw new OciException(ManagementErrors.InvalidRequest, "properties.policies.signingPolicy.status must be enabled or disabled.");
}
