using Breakwater.Core.Repositories;

namespace Breakwater.Core.Tags;

/// <summary>What is told about a tag.</summary>
public sealed record TagProperties
{
    public string Name { get; init; } = "";

    public string Digest { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last set, or its attributes were.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset PushedAt { get; init; }

    /// <summary>By this tag, whatever it meant.</summary>
    public long PullCount { get; init; }

    /// <summary>Null: never, since pulls are counted.</summary>
    public DateTimeOffset? LastPulledAt { get; init; }

    public ItemLocks Locks { get; init; }
}
