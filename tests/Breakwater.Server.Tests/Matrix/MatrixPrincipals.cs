using static Breakwater.Server.Tests.Matrix.Need;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>
/// What the roles are documented to open, transcribed and not computed:
/// https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview. Where this product decides by itself:
/// AcrPull lists and reads attributes too; who may read attributes by data actions may list what was deleted, and who may both write and delete may restore; locks belong to who manages; the directory is for who gives roles.
/// </summary>
internal static class MatrixPrincipals
{
    private const Need Reading = Pull | MetadataRead | Catalog;

    public static readonly MatrixPrincipal[] Roles =
    [
        new("Owner", Content, Nothing, Planes),
        new("Contributor", Content, Nothing, Look | Manage | Groups | CheckName | LookAtEndpoints | Endpoints | LookAtRights | DirectoryRead),
        new("Reader", Reading | DeletedRead | DeletedCatalog, Nothing, Look | CheckName | LookAtEndpoints | LookAtRights | DirectoryRead),
        new("User Access Administrator", Reading | DeletedRead | DeletedCatalog, Nothing, Look | CheckName | LookAtEndpoints | LookAtRights | Rights | DirectoryRead | DirectoryWrite),
        new("AcrPull", Reading, Nothing),
        new("AcrPush", Reading | Push, Nothing),
        new("AcrDelete", Delete, Nothing),
        new("AcrImageSigner", Nothing, Nothing),
        new("AcrQuarantineReader", Nothing, Nothing),
        new("AcrQuarantineWriter", Nothing, Nothing),
        new("Container Registry Repository Reader", Nothing, Pull | MetadataRead | DeletedRead),
        new("Container Registry Repository Writer", Nothing, Pull | MetadataRead | Push | MetadataWrite | DeletedRead),
        new("Container Registry Repository Contributor", Nothing, Repositories),
        new("Container Registry Repository Catalog Lister", Nothing, Catalog | DeletedCatalog),
    ];

    /// <summary>Tokens by the actions of their scope maps; the same in both modes.</summary>
    public static readonly MatrixPrincipal[] Tokens =
    [
        new("content/read", Pull, Pull) { Kind = Nothing },
        new("content/write", Push, Push) { Kind = Nothing },
        new("content/delete", Delete, Delete) { Kind = Nothing },
        new("metadata/read", MetadataRead | DeletedRead, MetadataRead | DeletedRead) { Kind = Nothing },
        new("metadata/write", MetadataWrite, MetadataWrite) { Kind = Nothing },
        new("content/read content/write", Pull | Push, Pull | Push) { Kind = Nothing },
        new("content/delete content/write", Delete | Push | DeletedRestore, Delete | Push | DeletedRestore) { Kind = Nothing },
        new("content/read content/write content/delete metadata/read metadata/write", Repositories, Repositories) { Kind = Nothing },
    ];

    /// <summary>Custom roles by their actions, or, with d: before them, their data actions.</summary>
    public static readonly MatrixPrincipal[] CustomRoles =
    [
        new("*", Content, Nothing, Planes),
        new("*/read", Reading | DeletedRead | DeletedCatalog, Nothing, Look | CheckName | LookAtEndpoints | LookAtRights | DirectoryRead),
        // ACR takes no wildcard over its own permissions for content.
        new("Microsoft.ContainerRegistry/registries/*", Nothing, Nothing, Look | Manage),
        new("Microsoft.C*/registries/*", Nothing, Nothing, Look | Manage),
        new("Microsoft.Authorization/*", Nothing, Nothing, LookAtRights | Rights | DirectoryRead | DirectoryWrite),
        new("Microsoft.ContainerRegistry/registries/metadata/write", MetadataWrite, Nothing),
        new("Microsoft.ContainerRegistry/registries/deleted/read", DeletedRead | DeletedCatalog, Nothing),
        new("Microsoft.ContainerRegistry/registries/deleted/restore/action", DeletedRestore, Nothing),
        new("d:Microsoft.ContainerRegistry/registries/repositories/*", Nothing, Repositories),
        new("d:*", Nothing, Content),
    ];

    public static readonly MatrixPrincipal Admin = new("local", Content, Content) { Kind = Nothing };
    public static readonly MatrixPrincipal Nobody = new("nobody", Nothing, Nothing) { Kind = Member };
    public static readonly MatrixPrincipal AnonymousWherePullIsOpen = new("anonymous", Pull | MetadataRead, Pull | MetadataRead) { Kind = Nothing };
}
