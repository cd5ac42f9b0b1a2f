using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What all of a registry holds, and how it is used.</summary>
public sealed record RegistryTotals : OpenRecord
{
    public long SizeBytes { get; init; }

    public long RepositoryCount { get; init; }

    public long ManifestCount { get; init; }

    public long TagCount { get; init; }

    public long PullCount { get; init; }

    public long PushCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPullTime { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastPushTime { get; init; }

    /// <summary>Since when pulls are counted.</summary>
    public DateTimeOffset? CountedSince { get; init; }
}
