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

    /// <summary>The moment that times are counted back from: that of a dry run, for the run that does what it showed. Null, or later than now: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Where the page before ended; null: from the start.</summary>
    public PurgeCursor? From { get; init; }

    /// <summary>Where it begins: what was changed since the moment that it counts back from stays, whatever its age may be.</summary>
    internal PurgeCursor Start(DateTimeOffset now) => new(PurgePhase.Tags, (AsOf is { } moment && moment < now ? moment : now) - (Ago ?? TimeSpan.Zero), "");

    /// <summary>What <see cref="AsOf"/> of a run is that does the same.</summary>
    internal DateTimeOffset MomentOf(PurgeCursor cursor) => cursor.Cutoff + (Ago ?? TimeSpan.Zero);

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
        if (AsOf < DateTimeOffset.UnixEpoch)
            throw new InvalidValueException("asOf must be that of a dry run's answer.");
    }
}
