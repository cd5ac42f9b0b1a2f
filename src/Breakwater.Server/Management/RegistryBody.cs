namespace Breakwater.Server.Management;

/// <summary>What can be changed of a registry.</summary>
internal sealed record RegistryBody(RegistryBody.Members? Properties)
{
    /// <param name="RoleAssignmentMode">LegacyRegistryPermissions or AbacRepositoryPermissions.</param>
    internal sealed record Members(bool? AdminUserEnabled, bool? AnonymousPullEnabled, string? RoleAssignmentMode, PoliciesBody? Policies);
}
