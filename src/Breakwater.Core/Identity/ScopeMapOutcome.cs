namespace Breakwater.Core.Identity;

public enum ScopeMapOutcome
{
    Done,
    NotFound,

    /// <summary>It comes with the registry.</summary>
    System,

    /// <summary>A token has it.</summary>
    InUse,
}
