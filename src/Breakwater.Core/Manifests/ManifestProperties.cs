using Breakwater.Core.Repositories;

namespace Breakwater.Core.Manifests;

/// <summary>What is told about a manifest.</summary>
public sealed record ManifestProperties
{
    public string Digest { get; init; } = "";

    public string MediaType { get; init; } = "";

    public string? ConfigMediaType { get; init; }

    /// <summary>The manifest's own bytes and those of the blobs that it names and the repository has; not those of an index's children.</summary>
    public long ImageSizeBytes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last pushed, or its attributes were set.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset PushedAt { get; init; }

    /// <summary>By its digest and by whichever tag.</summary>
    public long PullCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPulledAt { get; init; }

    public ItemLocks Locks { get; init; }

    /// <summary>Tags that may be listed, in byte order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public Platform Platform { get; init; } = Platform.Unknown;

    /// <summary>The entries of an index; null for other manifests, and in lists.</summary>
    public IReadOnlyList<IndexEntry>? References { get; init; }
}
