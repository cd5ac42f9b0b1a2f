namespace Breakwater.Core.Access;

/// <summary>What can be done with a repository's content. The names in tokens are those of ACR's scopes.</summary>
[Flags]
public enum RepositoryActions
{
    None = 0,
    Pull = 1,
    Push = 2,
    Delete = 4,
    MetadataRead = 8,
    MetadataWrite = 16,

    /// <summary>List what was deleted and can be restored.</summary>
    DeletedRead = 128,

    /// <summary>Restore it.</summary>
    DeletedRestore = 256,

    /// <summary>What <c>*</c> means. Signing is no part of it: whoever may do everything with content still cannot vouch for it.</summary>
    All = Pull | Push | Delete | MetadataRead | MetadataWrite | DeletedRead | DeletedRestore,

    /// <summary>Push, replace and delete signatures where the registry's signing policy asks for it.</summary>
    Sign = 32,

    /// <summary>
    /// Send content whose kind is not known yet. No role, grant or token names it: it follows from <see cref="Push"/>, and from
    /// <see cref="Sign"/> where signatures need it. See <see cref="AccessDecider.Derive"/>.
    /// </summary>
    Upload = 64,
}
