namespace Breakwater.Core.Tiers;

/// <summary>Lets so many bytes a second pass, of all transfers together. Each waits for what it and those before it have sent.</summary>
public sealed class BytePacer
{
    // What may pass at once: without it every small piece would wait.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly double _ticksPerByte;
    private readonly long _burst;
    private long _freeAt;

    public BytePacer(long bytesPerSecond, TimeProvider clock)
    {
        _clock = clock;
        _ticksPerByte = (double)clock.TimestampFrequency / Math.Max(1, bytesPerSecond);
        _burst = (long)(Burst.TotalSeconds * clock.TimestampFrequency);
        _freeAt = clock.GetTimestamp() - _burst;
    }

    /// <summary>Completes when <paramref name="bytes"/> more may pass.</summary>
    public Task PassAsync(long bytes, CancellationToken cancellationToken)
    {
        var delay = Take(bytes);
        return delay <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, _clock, cancellationToken);
    }

    private TimeSpan Take(long bytes)
    {
        while (true)
        {
            var (now, seen) = (_clock.GetTimestamp(), Volatile.Read(ref _freeAt));
            var next = Math.Max(now - _burst, seen) + (long)(bytes * _ticksPerByte);
            if (Interlocked.CompareExchange(ref _freeAt, next, seen) == seen)
                return _clock.GetElapsedTime(now, next);
        }
    }
}
