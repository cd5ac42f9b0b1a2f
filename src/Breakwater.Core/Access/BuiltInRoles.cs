using System.Collections.Frozen;

namespace Breakwater.Core.Access;

/// <summary>The roles that every installation has: Azure's ids, names and permissions.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles and
/// https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-directory-reference
/// </remarks>
public static class BuiltInRoles
{
    private const string Registries = DataPermission.Prefix;

    public static readonly RoleDefinition Owner = Role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", actions: ["*"]);

    public static readonly RoleDefinition Contributor = new(new Guid("b24988ac-6180-42a0-ab88-20f7382dd24c"), "Contributor", new RolePermissions
    {
        Actions = [new("*")],
        NotActions =
        [
            new("Microsoft.Authorization/*/Delete"), new("Microsoft.Authorization/*/Write"), new("Microsoft.Authorization/elevateAccess/Action"),
        ],
    });

    public static readonly RoleDefinition Reader = Role("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", actions: ["*/read"]);

    public static readonly RoleDefinition UserAccessAdministrator = Role(
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", actions: ["*/read", "Microsoft.Authorization/*"]);

    public static readonly RoleDefinition AcrPull = Role("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull", actions: [Registries + "pull/read"]);

    public static readonly RoleDefinition AcrPush = Role(
        "8311e382-0749-4cb8-b61a-304f252e45ec", "AcrPush", actions: [Registries + "pull/read", Registries + "push/write"]);

    public static readonly RoleDefinition AcrDelete = Role("c2f4ef07-c644-48eb-af81-4b1b4947fb11", "AcrDelete", actions: [Registries + "artifacts/delete"]);

    public static readonly RoleDefinition AcrImageSigner = Role(
        "6cef56e8-d556-48e5-a04f-b8e64114680f", "AcrImageSigner", actions: [Registries + "sign/write"], dataActions: [Registries + "trustedCollections/write"]);

    public static readonly RoleDefinition AcrQuarantineReader = Role(
        "cdda3590-29a3-44f6-95f2-9f980659eb04", "AcrQuarantineReader",
        actions: [Registries + "quarantine/read"], dataActions: [Registries + "quarantinedArtifacts/read"]);

    public static readonly RoleDefinition AcrQuarantineWriter = Role(
        "c8d4ff99-41c3-41a8-9f60-21dfdad59608", "AcrQuarantineWriter",
        actions: [Registries + "quarantine/read", Registries + "quarantine/write"],
        dataActions: [Registries + "quarantinedArtifacts/read", Registries + "quarantinedArtifacts/write"]);

    public static readonly RoleDefinition RepositoryReader = Role(
        "b93aa761-3e63-49ed-ac28-beffa264f7ac", "Container Registry Repository Reader",
        dataActions: [Registries + "repositories/metadata/read", Registries + "repositories/content/read"]);

    public static readonly RoleDefinition RepositoryWriter = Role(
        "2a1e307c-b015-4ebd-883e-5b7698a07328", "Container Registry Repository Writer",
        dataActions: [.. Texts(RepositoryReader), Registries + "repositories/metadata/write", Registries + "repositories/content/write"]);

    public static readonly RoleDefinition RepositoryContributor = Role(
        "2efddaa5-3f1f-4df3-97df-af3f13818f4c", "Container Registry Repository Contributor",
        dataActions: [.. Texts(RepositoryWriter), Registries + "repositories/metadata/delete", Registries + "repositories/content/delete"]);

    public static readonly RoleDefinition CatalogLister = Role(
        "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7", "Container Registry Repository Catalog Lister", dataActions: [Registries + "catalog/read"]);

    private static readonly FrozenDictionary<Guid, RoleDefinition> ById = new[]
    {
        Owner, Contributor, Reader, UserAccessAdministrator, AcrPull, AcrPush, AcrDelete, AcrImageSigner, AcrQuarantineReader,
        AcrQuarantineWriter, RepositoryReader, RepositoryWriter, RepositoryContributor, CatalogLister,
    }.ToFrozenDictionary(role => role.Id);

    public static IReadOnlyCollection<RoleDefinition> All => ById.Values;

    /// <summary>Null for a role that this version does not know; it then grants nothing.</summary>
    public static RoleDefinition? Find(Guid id) => ById.GetValueOrDefault(id);

    private static IEnumerable<string> Texts(RoleDefinition role) => role.Permissions.DataActions.Select(pattern => pattern.Text);

    private static RoleDefinition Role(string id, string name, string[]? actions = null, string[]? dataActions = null) => new(new Guid(id), name, new RolePermissions
    {
        Actions = [.. (actions ?? []).Select(text => new PermissionPattern(text))],
        DataActions = [.. (dataActions ?? []).Select(text => new PermissionPattern(text))],
    });
}
