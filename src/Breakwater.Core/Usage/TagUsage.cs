namespace Breakwater.Core.Usage;

/// <summary>What a tag holds and how it is used.</summary>
public record TagUsage
{
    public string Name { get; init; } = "";

    /// <summary>What it means.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Null: it holds too much to be counted in one answer.</summary>
    public TagSize? Size { get; init; }

    /// <summary>By this tag, whatever it meant.</summary>
    public long PullCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPulledAt { get; init; }

    /// <summary>Of what it means, by whichever tag or digest.</summary>
    public long ManifestPullCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? ManifestLastPulledAt { get; init; }

    /// <summary>When it was set.</summary>
    public DateTimeOffset LastPushedAt { get; init; }
}
