using Breakwater.Core.Identity;
using Breakwater.Oci;

namespace Breakwater.Core.SoftDelete;

/// <summary>What is to go from the recycle bin of a registry.</summary>
public sealed record BinPurgeRequest
{
    /// <summary>Null: of all repositories.</summary>
    public RepositoryName? Repository { get; init; }

    /// <summary>What was deleted later stays: the moment of a dry run, for the run that does what it counted. Null, or later than now: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Counts and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <exception cref="InvalidValueException"><see cref="AsOf"/> was never an answer.</exception>
    internal DateTimeOffset MomentAt(DateTimeOffset now)
    {
        if (AsOf < DateTimeOffset.UnixEpoch)
            throw new InvalidValueException("asOf must be that of an answer.");
        return AsOf is { } moment && moment < now ? moment : now;
    }
}
