namespace Breakwater.Core.Tiers;

/// <summary>
/// A token bucket of a minute's requests that fills evenly: as many may come at once, and then as many a minute. Kept as the one time at which
/// the bucket will be full again (generic cell rate algorithm, ITU-T I.371), so that taking is one exchange, without a lock or a timer.
/// </summary>
/// <remarks>System.Threading.RateLimiting has such a bucket, with a lock and without a clock that can be injected.</remarks>
internal sealed class RequestBucket
{
    private readonly TimeProvider _clock;
    private readonly long _minute;
    private readonly long _step;
    private long _fullAt;

    public RequestBucket(int perMinute, TimeProvider clock)
    {
        _clock = clock;
        _minute = clock.TimestampFrequency * 60;
        // Nothing may come: a step that never fits.
        _step = perMinute == 0 ? 2 * _minute : _minute / perMinute;
        _fullAt = clock.GetTimestamp();
    }

    /// <param name="retryAfter">When the next one fits; zero when this one did.</param>
    public bool TryTake(out TimeSpan retryAfter)
    {
        while (true)
        {
            var (now, seen) = (_clock.GetTimestamp(), Volatile.Read(ref _fullAt));
            var next = Math.Max(now, seen) + _step;
            if (next - now > _minute)
            {
                retryAfter = _clock.GetElapsedTime(now, next - _minute);
                return false;
            }
            if (Interlocked.CompareExchange(ref _fullAt, next, seen) != seen)
                continue;
            retryAfter = TimeSpan.Zero;
            return true;
        }
    }
}
