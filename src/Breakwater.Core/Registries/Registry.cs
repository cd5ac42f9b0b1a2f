using Breakwater.Core.Access;
using Breakwater.Core.Policies;

namespace Breakwater.Core.Registries;

/// <summary>A registry: the unit of keys, rights and usage. An immutable snapshot.</summary>
/// <param name="Id">Random, never reused: a registry created again under the same name inherits nothing.</param>
/// <param name="SecurityVersion">Raised to end every token of the registry at once.</param>
/// <param name="RoleAssignmentMode">Which permissions open its data plane.</param>
/// <param name="AdminUserEnabled">Whether its admin user may sign in.</param>
/// <param name="AnonymousPullEnabled">Whether everybody may pull all of it.</param>
public sealed record Registry(
    Guid Id,
    string Name,
    int SecurityVersion,
    RoleAssignmentMode RoleAssignmentMode = RoleAssignmentMode.LegacyRegistryPermissions,
    bool AdminUserEnabled = false,
    bool AnonymousPullEnabled = false)
{
    /// <summary>What it asks of content beyond rights.</summary>
    public RegistryPolicies Policies { get; init; } = RegistryPolicies.None;

    /// <summary>Whether everybody may pull something from it.</summary>
    public bool IsOpenSomewhere => AnonymousPullEnabled || !Policies.AnonymousRepositories.IsEmpty;
}
