using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What a repository holds, and how it is used.</summary>
public sealed record RepositoryUsage : OpenRecord
{
    public string Name { get; init; } = "";

    public long SizeBytes { get; init; }

    /// <summary>What no other repository holds too.</summary>
    public long UniqueBytes { get; init; }

    public long SharedBytes { get; init; }

    public long ManifestCount { get; init; }

    public long TagCount { get; init; }

    public long PullCount { get; init; }

    public long PushCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPullTime { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastPushTime { get; init; }
}
