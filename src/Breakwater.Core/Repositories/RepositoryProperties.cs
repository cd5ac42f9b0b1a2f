namespace Breakwater.Core.Repositories;

/// <summary>What is told about a repository.</summary>
public sealed record RepositoryProperties
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the last push, deletion or change of its attributes.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    public long ManifestCount { get; init; }

    public long TagCount { get; init; }

    public long PullCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPulledAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastPushedAt { get; init; }

    public ItemLocks Locks { get; init; }
}
