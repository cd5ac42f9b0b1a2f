namespace Breakwater.Core.Identity;

public enum ScopedTokenOutcome
{
    Done,
    Created,

    /// <summary>A user has this name, or the registry itself.</summary>
    NameTaken,
    ScopeMapUnknown,
}
