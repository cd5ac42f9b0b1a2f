using System.Collections.Immutable;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Retention;

/// <summary>What is to be purged.</summary>
public sealed record PurgeRequest
{
    /// <summary>A repository or tag is meant when one of them says so.</summary>
    public required ImmutableArray<PurgeFilter> Filters { get; init; }

    /// <summary>Only what was not changed for so long. Null: whatever its age.</summary>
    public TimeSpan? Ago { get; init; }

    /// <summary>Only what was neither pushed nor pulled for so long; before a registry counted pulls everything counts as pulled. Null: whether it is pulled or not.</summary>
    public TimeSpan? NotPulledFor { get; init; }

    /// <summary>So many of the newest tags that would go stay, in each repository.</summary>
    public int Keep { get; init; }

    /// <summary>Whether manifests without a tag go too, in the repositories that the filters mean.</summary>
    public bool Untagged { get; init; }

    /// <summary>Whether locks of tags and manifests are no obstacle. A repository's own lock always is one.</summary>
    public bool IncludeLocked { get; init; }

    /// <summary>Decides everything and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Where the page before ended; null: from the start.</summary>
    public PurgeCursor? From { get; init; }

    /// <summary>What was used later stays.</summary>
    /// <param name="cutoff">Of the cursor: all pages go by the time at which the first was asked for.</param>
    internal DateTimeOffset UnusedSince(DateTimeOffset cutoff) => NotPulledFor is { } time ? cutoff + (Ago ?? TimeSpan.Zero) - time : DateTimeOffset.MaxValue;

    /// <exception cref="InvalidValueException">It says nothing, or too much.</exception>
    internal void Require()
    {
        if (Filters.Length is 0 or > PurgeFilter.MaxCount)
            throw new InvalidValueException($"A purge has 1 to {PurgeFilter.MaxCount} filters. To mean everything write .*:.*");
        if (Keep < 0)
            throw new InvalidValueException("keep must be 0 or more.");
    }
}
