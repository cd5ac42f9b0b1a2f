using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Core.Policies;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary><c>properties.policies</c> of a registry, as it is read and as it is shown.</summary>
internal sealed record PoliciesBody(
    PoliciesBody.Signing? SigningPolicy, PoliciesBody.Immutability? TagImmutabilityPolicy,
    [property: JsonPropertyName("azureADAuthenticationAsArmPolicy")] PoliciesBody.ArmAudience? AzureAdAuthenticationAsArmPolicy,
    PoliciesBody.Retention? RetentionPolicy, JsonElement? QuarantinePolicy, JsonElement? TrustPolicy, PoliciesBody.SoftDelete? SoftDeletePolicy, JsonElement? ExportPolicy)
{
    private const string Enabled = "enabled", Disabled = "disabled";

    /// <param name="Status">enabled or disabled, as with ACR's policies.</param>
    /// <param name="IncludeAttestations">False when absent.</param>
    internal sealed record Signing(string? Status, bool? IncludeAttestations);

    /// <param name="Status">enabled: tokens for the management plane are exchanged too; disabled: only those made for registries.</param>
    internal sealed record ArmAudience(string? Status);

    /// <param name="Status">enabled or disabled.</param>
    /// <param name="LastUpdatedTime">Read only.</param>
    internal sealed record Retention(int? Days, DateTimeOffset? LastUpdatedTime, string? Status);

    /// <param name="Status">enabled or disabled.</param>
    /// <param name="LastUpdatedTime">Read only.</param>
    internal sealed record SoftDelete(int? RetentionDays, DateTimeOffset? LastUpdatedTime, string? Status);

    /// <param name="Rules">All of them; an empty list makes every tag movable again.</param>
    internal sealed record Immutability(IReadOnlyList<Rule>? Rules);

    internal sealed record Rule(string? RepositoryPattern, string? TagPattern);

    public static PoliciesBody Of(RegistryPolicies policies) => new(
        new Signing(policies.Signing.Required ? Enabled : Disabled, policies.Signing.IncludeAttestations),
        new Immutability([.. policies.WriteOnce.Select(rule => new Rule(rule.Repositories, rule.Tags))]),
        new ArmAudience(policies.RefusesManagementTokens ? Disabled : Enabled),
        new Retention(policies.Retention.Days, policies.Retention.UpdatedAt, policies.Retention.IsEnabled ? Enabled : Disabled),
        FixedProperties.Value("policies.quarantinePolicy"), FixedProperties.Value("policies.trustPolicy"),
        new SoftDelete(policies.SoftDelete.Days, policies.SoftDelete.UpdatedAt, policies.SoftDelete.IsEnabled ? Enabled : Disabled), FixedProperties.Value("policies.exportPolicy"));

    public void RequireFixed()
    {
        FixedProperties.Require("policies.quarantinePolicy", QuarantinePolicy);
        FixedProperties.Require("policies.trustPolicy", TrustPolicy);
        FixedProperties.Require("policies.exportPolicy", ExportPolicy);
    }

    public PolicyChange ToChange() => new(
        SigningPolicy is null ? null : Read(SigningPolicy),
        TagImmutabilityPolicy is null ? null : [.. (TagImmutabilityPolicy.Rules ?? []).Select(rule => new WriteOnceRule(rule.RepositoryPattern ?? "", rule.TagPattern ?? ""))],
        RefusesManagementTokens: AzureAdAuthenticationAsArmPolicy is null ? null : IsDisabled(AzureAdAuthenticationAsArmPolicy),
        Retention: RetentionPolicy is null ? null : Read(RetentionPolicy),
        SoftDelete: SoftDeletePolicy is null ? null : Read(SoftDeletePolicy));

    private static SigningPolicy Read(Signing signing) => signing.Status is Enabled or Disabled
        ? new SigningPolicy(signing.Status == Enabled, signing.IncludeAttestations ?? false)
        : throw new OciException(ManagementErrors.InvalidRequest, "properties.policies.signingPolicy.status must be enabled or disabled.");

    private static RetentionChange Read(Retention retention) => retention.Status is null or Enabled or Disabled
        ? new RetentionChange(retention.Status is null ? null : retention.Status == Enabled, retention.Days)
        : throw new OciException(ManagementErrors.InvalidRequest, "properties.policies.retentionPolicy.status must be enabled or disabled.");

    private static SoftDeleteChange Read(SoftDelete softDelete) => softDelete.Status is null or Enabled or Disabled
        ? new SoftDeleteChange(softDelete.Status is null ? null : softDelete.Status == Enabled, softDelete.RetentionDays)
        : throw new OciException(ManagementErrors.InvalidRequest, "properties.policies.softDeletePolicy.status must be enabled or disabled.");

    private static bool IsDisabled(ArmAudience audience) => audience.Status is Enabled or Disabled
        ? audience.Status == Disabled
        : throw new OciException(ManagementErrors.InvalidRequest, "properties.policies.azureADAuthenticationAsArmPolicy.status must be enabled or disabled.");
}
