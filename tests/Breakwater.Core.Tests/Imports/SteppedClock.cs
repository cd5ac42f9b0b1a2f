namespace Breakwater.Core.Tests.Imports;

/// <summary>A clock that stands still until it is moved, and whose timers go off by that.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000) + _passed;

    public override long GetTimestamp() => _passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (_alarms)
            _alarms.Add(alarm);
        return alarm;
    }

    public void Advance(TimeSpan span)
    {
        List<Alarm> due;
        lock (_alarms)
        {
            _passed += span;
            due = _alarms.FindAll(alarm => alarm.At <= _passed);
        }
        due.ForEach(alarm => alarm.Ring());
    }

    private sealed class Alarm(SteppedClock clock, Action ring) : ITimer
    {
        /// <summary>Null: it does not go off.</summary>
        public TimeSpan? At { get; private set; }

        public void Ring()
        {
            At = null;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            At = dueTime == Timeout.InfiniteTimeSpan ? null : clock._passed + dueTime;
            return true;
        }

        public void Dispose() => At = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
