namespace Breakwater.LoadHarness.Targets;

/// <summary>What a server holds before the first measurement.</summary>
internal enum DataSet
{
    /// <summary>An empty data folder.</summary>
    Empty,

    /// <summary>One repository with 100,000 tags of one manifest.</summary>
    ManyTags,

    /// <summary>100,000 repositories with one manifest each.</summary>
    ManyRepositories,
}
