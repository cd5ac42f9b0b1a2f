using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What a tag holds, and how it is used.</summary>
public sealed record TagUsage : OpenRecord
{
    public string Name { get; init; } = "";

    public string Digest { get; init; } = "";

    /// <summary>Null, and the next two: too much to be counted in one answer.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>What nothing else holds.</summary>
    public long? UniqueBytes { get; init; }

    public long? SharedBytes { get; init; }

    public long PullCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPullTime { get; init; }

    /// <summary>Of what it means, by whichever tag or digest.</summary>
    public long ManifestPullCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? ManifestLastPullTime { get; init; }

    public DateTimeOffset? LastPushTime { get; init; }
}
