namespace Breakwater.Core.Usage;

/// <summary>What a registry holds and how it is used.</summary>
public sealed record RegistryTotals
{
    /// <summary>Each blob once, whoever links it, and each manifest of each repository.</summary>
    public long SizeBytes { get; init; }

    public long RepositoryCount { get; init; }

    public long ManifestCount { get; init; }

    public long TagCount { get; init; }

    /// <summary>Also of what was deleted since.</summary>
    public long PullCount { get; init; }

    public long PushCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPulledAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastPushedAt { get; init; }

    /// <summary>Since when pulls are counted.</summary>
    public DateTimeOffset CountedSince { get; init; }
}
