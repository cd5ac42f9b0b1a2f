using Breakwater.Core.Policies;

namespace Breakwater.Server.Management;

/// <summary>What can be changed of a registry.</summary>
internal sealed record RegistryBody(RegistryBody.Members? Properties)
{
    /// <param name="RoleAssignmentMode">LegacyRegistryPermissions or AbacRepositoryPermissions.</param>
    /// <param name="AnonymousPullRepositories">All patterns of what is open to everybody while anonymousPullEnabled is false.</param>
    internal sealed record Members(bool? AdminUserEnabled, bool? AnonymousPullEnabled, string? RoleAssignmentMode, PoliciesBody? Policies, IReadOnlyList<string?>? AnonymousPullRepositories)
    {
        public PolicyChange ToPolicyChange() => (Policies?.ToChange() ?? new PolicyChange()) with
        {
            AnonymousRepositories = AnonymousPullRepositories is null ? null : [.. AnonymousPullRepositories.Select(pattern => pattern ?? "")],
        };
    }
}
