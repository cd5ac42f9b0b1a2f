namespace Breakwater.Core.Rotation;

/// <summary>Keeps re-encryption to a rate, so that pulls and pushes have the disk and the processors.</summary>
/// <param name="bytesPerSecond">0: as fast as it can.</param>
internal sealed class RewritePace(long bytesPerSecond, TimeProvider clock)
{
    // Below it a delay costs more than it evens out.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    private long _last = clock.GetTimestamp();
    private TimeSpan _ahead;

    /// <summary>Waits until <paramref name="bytes"/> more may have been written.</summary>
    public async ValueTask SpendAsync(long bytes, CancellationToken cancellationToken)
    {
        if (bytesPerSecond == 0)
            return;
        var now = clock.GetTimestamp();
        // Time that passed without work is not saved up.
        _ahead = Max(TimeSpan.Zero, _ahead - clock.GetElapsedTime(_last, now)) + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
        _last = now;
        if (_ahead > Least)
            await Task.Delay(_ahead, clock, cancellationToken);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
