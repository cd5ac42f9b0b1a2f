using System.Globalization;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Retention;

/// <summary>Where a page of a purge ended.</summary>
/// <param name="Cutoff">What was changed later stays: the same on all pages.</param>
/// <param name="Repository">The next one in byte order, from it on.</param>
/// <param name="Removed">How many of its removals a dry run has shown.</param>
/// <param name="Kept">How many of what stays there has been shown.</param>
public sealed record PurgeCursor(PurgePhase Phase, DateTimeOffset Cutoff, string Repository, int Removed = 0, int Kept = 0)
{
    internal const char Behind = '!';

    // Times are counted from the cutoff, forward and back.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(36_500);

    /// <exception cref="InvalidValueException">It is none of ours.</exception>
    public static PurgeCursor Parse(string text)
    {
        var parts = text.Split(';');
        if (parts is [var phase, var cutoff, var removed, var kept, var repository]
            && phase is "t" or "m" && repository.Length <= Oci.RepositoryName.MaxLength + 1
            && long.TryParse(cutoff, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            && at >= (DateTimeOffset.MinValue + Margin).ToUnixTimeMilliseconds() && at <= (DateTimeOffset.MaxValue - Margin).ToUnixTimeMilliseconds()
            && int.TryParse(removed, NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            && int.TryParse(kept, NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
        {
            return new PurgeCursor(phase == "t" ? PurgePhase.Tags : PurgePhase.Manifests, DateTimeOffset.FromUnixTimeMilliseconds(at), repository, shown, seen);
        }
        throw new InvalidValueException("continuation is not valid. Send the one of the answer before, or begin anew without it.");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Phase == PurgePhase.Tags ? 't' : 'm')};{Cutoff.ToUnixTimeMilliseconds()};{Removed};{Kept};{Repository}");

    /// <summary>At a repository, that of the cursor or a later one.</summary>
    internal PurgeCursor To(string repository) => repository == Repository ? this : this with { Repository = repository, Removed = 0, Kept = 0 };

    /// <summary>Behind a repository: no name has characters that sort before the one added.</summary>
    internal PurgeCursor After(string repository) => To(repository + Behind);
}
