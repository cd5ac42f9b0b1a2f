namespace Breakwater.Core.Work;

/// <summary>
/// Notices jumps of the wall clock: one forward would end every lease at once. After a jump, clean-up pauses until the leases would have
/// ended by the time that really passed.
/// </summary>
public sealed class ClockGuard(TimeProvider clock, TimeSpan pause)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private DateTimeOffset _wall = clock.GetUtcNow();
    private long _monotonic = clock.GetTimestamp();
    private TimeSpan _pauseLeft;

    /// <summary>Called before each run.</summary>
    /// <returns>False while clean-up must pause.</returns>
    public bool MayRun()
    {
        var (wall, monotonic) = (clock.GetUtcNow(), clock.GetTimestamp());
        var passed = clock.GetElapsedTime(_monotonic, monotonic);
        var jump = wall - _wall - passed;
        (_wall, _monotonic) = (wall, monotonic);
        _pauseLeft = jump.Duration() > Tolerance ? pause : _pauseLeft - passed;
        if (_pauseLeft < TimeSpan.Zero)
            _pauseLeft = TimeSpan.Zero;
        return _pauseLeft == TimeSpan.Zero;
    }
}
