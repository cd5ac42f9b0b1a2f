namespace Breakwater.Core.Usage;

/// <summary>What a repository holds and how it is used.</summary>
public record RepositoryUsage
{
    public string Name { get; init; } = "";

    /// <summary>Blobs that it links, and its manifests.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The part of it that another repository of the registry links too: deleting this one frees none of that.</summary>
    public long SharedBytes { get; init; }

    public long UniqueBytes => SizeBytes - SharedBytes;

    public long ManifestCount { get; init; }

    public long TagCount { get; init; }

    public long PullCount { get; init; }

    public long PushCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPulledAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastPushedAt { get; init; }
}
