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
    All = Pull | Push | Delete | MetadataRead | MetadataWrite,
}
