namespace Breakwater.Core.Usage;

/// <summary>By what a list of repositories or tags is ordered; equals follow in the order of their names.</summary>
public enum UsageOrder
{
    Name,

    /// <summary>Bytes that it holds. Of repositories only: those of a tag are counted when they are asked for.</summary>
    Size,

    /// <summary>Bytes that it alone holds. Of repositories only.</summary>
    Unique,
    Pulls,

    /// <summary>What was never pulled counts as before everything.</summary>
    LastPull,
    LastPush,
}
