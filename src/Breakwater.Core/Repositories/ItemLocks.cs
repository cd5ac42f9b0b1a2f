namespace Breakwater.Core.Repositories;

/// <summary>What is refused for a repository, tag or manifest: each is one of ACR's changeable attributes set to false.</summary>
[Flags]
public enum ItemLocks
{
    None = 0,

    /// <summary><c>deleteEnabled</c>: deletion, and for a tag untagging.</summary>
    Delete = 1,

    /// <summary>
    /// <c>writeEnabled</c>: pushing into a repository, overwriting a tag, pushing a manifest again; and with ACR deletion too, since what is deleted could
    /// be pushed anew with another content.
    /// </summary>
    Write = 2,

    /// <summary><c>readEnabled</c>: pulling.</summary>
    Read = 4,

    /// <summary><c>listEnabled</c>: standing in lists. Who knows the name still finds it.</summary>
    List = 8,
}
