namespace Breakwater.Core.Identity;

/// <summary>How a change of the directory ended.</summary>
public enum DirectoryChange
{
    Done,
    NotFound,

    /// <summary>It would leave nobody who can manage the whole installation.</summary>
    LastOwner,
}
