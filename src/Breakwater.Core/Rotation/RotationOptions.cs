namespace Breakwater.Core.Rotation;

/// <summary>How root keys are exchanged.</summary>
public sealed record RotationOptions
{
    /// <summary>Plain bytes a second that are encrypted anew, in all registries together; 0: as fast as it can. Default 64 MiB.</summary>
    public long BytesPerSecond { get; init; } = 64L << 20;

    /// <summary>Between two looks at the rotations under way, at least.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks after one that took long or failed.</summary>
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the old keys are kept at least when nothing is under them any more: requests that have looked up the old place of a blob read it. Default 1 minute.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long transfers may use them then; they are cut at their next segment. Default 1 hour.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(1);
}
