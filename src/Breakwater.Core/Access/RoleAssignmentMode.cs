namespace Breakwater.Core.Access;

/// <summary>Which permissions of a role open a registry's data plane; ACR's <c>roleAssignmentMode</c>.</summary>
public enum RoleAssignmentMode
{
    /// <summary>
    /// Permissions of the management plane do (<c>pull/read</c>, <c>push/write</c>, <c>artifacts/delete</c>), and with them Owner, Contributor
    /// and Reader. ACR's default.
    /// </summary>
    LegacyRegistryPermissions = 0,

    /// <summary>Only data actions do: AcrPull, AcrPush and AcrDelete count for nothing, Owner, Contributor and Reader only manage.</summary>
    AbacRepositoryPermissions = 1,
}
