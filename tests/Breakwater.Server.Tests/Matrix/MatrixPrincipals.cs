using static Breakwater.Server.Tests.Matrix.Need;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>
/// What the roles are documented to open, transcribed and not computed:
/// https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview. Where this product decides by itself:
/// AcrPull lists and reads attributes too; locks belong to who manages; the directory is for who gives roles.
/// </summary>
internal static class MatrixPrincipals
{
    private const Need Reading = Pull | MetadataRead | Catalog;

    public static readonly MatrixPrincipal[] Roles =
    [
        new("Owner", Content, Nothing, Planes),
        new("Contributor", Content, Nothing, Look | Manage | CheckName | LookAtEndpoints | Endpoints | LookAtRights | DirectoryRead),
        new("Reader", Reading, Nothing, Look | CheckName | LookAtEndpoints | LookAtRights | DirectoryRead),
        new("User Access Administrator", Reading, Nothing, Look | CheckName | LookAtEndpoints | LookAtRights | Rights | DirectoryRead | DirectoryWrite),
        new("AcrPull", Reading, Nothing),
        new("AcrPush", Reading | Push, Nothing),
        new("AcrDelete", Delete, Nothing),
        new("AcrImageSigner", Nothing, Nothing),
        new("AcrQuarantineReader", Nothing, Nothing),
        new("AcrQuarantineWriter", Nothing, Nothing),
        new("Container Registry Repository Reader", Nothing, Pull | MetadataRead),
        new("Container Registry Repository Writer", Nothing, Pull | MetadataRead | Push | MetadataWrite),
        new("Container Registry Repository Contributor", Nothing, Pull | MetadataRead | Push | MetadataWrite | Delete),
        new("Container Registry Repository Catalog Lister", Nothing, Catalog),
    ];

    /// <summary>Tokens by the actions of their scope maps; the same in both modes.</summary>
    public static readonly MatrixPrincipal[] Tokens =
    [
        new("content/read", Pull, Pull) { Kind = Nothing },
        new("content/write", Push, Push) { Kind = Nothing },
        new("content/delete", Delete, Delete) { Kind = Nothing },
        new("metadata/read", MetadataRead, MetadataRead) { Kind = Nothing },
        new("metadata/write", MetadataWrite, MetadataWrite) { Kind = Nothing },
        new("content/read content/write", Pull | Push, Pull | Push) { Kind = Nothing },
        new("content/read content/write content/delete metadata/read metadata/write", Content & ~Catalog, Content & ~Catalog) { Kind = Nothing },
    ];

    /// <summary>Custom roles by their actions, or, with d: before them, their data actions.</summary>
    public static readonly MatrixPrincipal[] CustomRoles =
    [
        new("*", Content, Nothing, Planes),
        new("*/read", Reading, Nothing, Look | CheckName | LookAtEndpoints | LookAtRights | DirectoryRead),
        // ACR takes no wildcard over its own permissions for content.
        new("Microsoft.ContainerRegistry/registries/*", Nothing, Nothing, Look | Manage),
        new("Microsoft.C*/registries/*", Nothing, Nothing, Look | Manage),
        new("Microsoft.Authorization/*", Nothing, Nothing, LookAtRights | Rights | DirectoryRead | DirectoryWrite),
        new("Microsoft.ContainerRegistry/registries/metadata/write", MetadataWrite, Nothing),
        new("d:Microsoft.ContainerRegistry/registries/repositories/*", Nothing, Content & ~Catalog),
        new("d:*", Nothing, Content),
    ];

    public static readonly MatrixPrincipal Admin = new("local", Content, Content) { Kind = Nothing };
    public static readonly MatrixPrincipal Nobody = new("nobody", Nothing, Nothing) { Kind = Member };
    public static readonly MatrixPrincipal AnonymousWherePullIsOpen = new("anonymous", Pull | MetadataRead, Pull | MetadataRead) { Kind = Nothing };
}
