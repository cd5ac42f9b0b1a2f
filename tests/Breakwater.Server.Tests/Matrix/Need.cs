namespace Breakwater.Server.Tests.Matrix;

/// <summary>The words of the permission matrix: what an endpoint needs, and what a principal has.</summary>
[Flags]
internal enum Need
{
    /// <summary>Open to everybody.</summary>
    Nothing = 0,
    SignIn = 1,
    Pull = 2,
    Push = 4,
    Delete = 8,
    MetadataRead = 16,
    MetadataWrite = 32,
    Catalog = 64,

    /// <summary>Look at registries, scope maps, tokens.</summary>
    Look = 128,

    /// <summary>Change registries, scope maps, tokens, credentials.</summary>
    Manage = 256,

    /// <summary>Give and take roles, make roles.</summary>
    Rights = 512,

    /// <summary>Look at users, groups and applications.</summary>
    DirectoryRead = 1024,

    /// <summary>Change them.</summary>
    DirectoryWrite = 2048,

    /// <summary>Be in the directory, with or without a role.</summary>
    Member = 8192,

    /// <summary>Have a role, whatever it opens.</summary>
    AnyRole = 16384,

    /// <summary>Look at roles and who has them.</summary>
    LookAtRights = 4096,

    /// <summary>Ask whether a registry's name is free.</summary>
    CheckName = 32768,

    /// <summary>List what was deleted of a repository.</summary>
    DeletedRead = 65536,

    /// <summary>Restore it.</summary>
    DeletedRestore = 131072,

    /// <summary>List deleted repositories.</summary>
    DeletedCatalog = 262144,

    /// <summary>Look at private endpoints, which are beside registries.</summary>
    LookAtEndpoints = 524288,

    /// <summary>Make and delete them.</summary>
    Endpoints = 1048576,

    /// <summary>Make and delete resource groups.</summary>
    Groups = 2097152,

    /// <summary>Everything below a repository.</summary>
    Repositories = Pull | Push | Delete | MetadataRead | MetadataWrite | DeletedRead | DeletedRestore,

    Content = Repositories | Catalog | DeletedCatalog,
    Planes = Look | Manage | CheckName | LookAtEndpoints | Endpoints | LookAtRights | Rights | DirectoryRead | DirectoryWrite | Groups,
}
