namespace Breakwater.Core.Tests.Installation;

/// <summary>The real time and as much more as a test says: files get the real one.</summary>
internal sealed class MovableClock : TimeProvider
{
    private TimeSpan _wall;
    private TimeSpan _passed;

    /// <summary>By how much a test has moved it on.</summary>
    public TimeSpan Passed => _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _wall;

    public override long GetTimestamp() => _passed.Ticks;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan span)
    {
        _wall += span;
        _passed += span;
    }

    /// <summary>Somebody sets the clock.</summary>
    public void Jump(TimeSpan span) => _wall += span;
}
