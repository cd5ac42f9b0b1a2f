using System.Collections.Immutable;

namespace Breakwater.Core.Access;

/// <summary>One action of the data plane, and the permissions that stand for it in role definitions.</summary>
/// <param name="Legacy">The action that grants it in <see cref="RoleAssignmentMode.LegacyRegistryPermissions"/>.</param>
/// <param name="DataAction">The data action that grants it in <see cref="RoleAssignmentMode.AbacRepositoryPermissions"/>, and that conditions call it in both.</param>
/// <param name="IsNamedOnly">Whether only a role that names it has it: no wildcard does, not even Owner's.</param>
internal sealed record DataPermission(RegistryActions Registry, RepositoryActions Repository, string Legacy, string DataAction, bool IsNamedOnly = false)
{
    public const string Prefix = "Microsoft.ContainerRegistry/registries/";

    /// <summary>A second data action that must be granted too, by the same role; null: none.</summary>
    public string? AlsoDataAction { get; init; }

    /// <summary>https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-directory-reference</summary>
    /// <remarks>
    /// AcrPull reads attributes and lists the catalog, as with ACR; AcrPush does not set locks, which belong to whoever manages the registry.
    /// Signing has one role, AcrImageSigner, as ACR's matrix of roles has it: Owner and Contributor manage a registry and do not sign.
    /// ACR has no data actions about what is deleted. Here who may read about a repository may read about that, and who may both write and delete may restore.
    /// </remarks>
    public static readonly ImmutableArray<DataPermission> All =
    [
        On(RepositoryActions.Pull, "pull/read", "repositories/content/read"),
        On(RepositoryActions.Push, "push/write", "repositories/content/write"),
        On(RepositoryActions.Delete, "artifacts/delete", "repositories/content/delete"),
        On(RepositoryActions.MetadataRead, "pull/read", "repositories/metadata/read"),
        On(RepositoryActions.MetadataWrite, "metadata/write", "repositories/metadata/write"),
        On(RepositoryActions.Sign, "sign/write", "trustedCollections/write") with { IsNamedOnly = true },
        new(RegistryActions.Catalog, RepositoryActions.None, Prefix + "pull/read", Prefix + "catalog/read"),
        On(RepositoryActions.DeletedRead, "deleted/read", "repositories/metadata/read"),
        On(RepositoryActions.DeletedRestore, "deleted/restore/action", "repositories/content/write") with { AlsoDataAction = Prefix + "repositories/content/delete" },
        new(RegistryActions.DeletedCatalog, RepositoryActions.None, Prefix + "deleted/read", Prefix + "catalog/read"),
    ];

    private static DataPermission On(RepositoryActions action, string legacy, string dataAction) =>
        new(RegistryActions.None, action, Prefix + legacy, Prefix + dataAction);
}
