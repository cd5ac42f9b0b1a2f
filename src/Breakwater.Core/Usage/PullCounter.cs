using System.Data.Common;

namespace Breakwater.Core.Usage;

/// <summary>
/// Pulls of one tag or manifest that are not written yet. What a pull finds in memory carries it, so that counting is one addition there. When the cache drops
/// its carrier and another one is loaded, both counters are written, each with its own pulls.
/// </summary>
internal abstract class PullCounter(PendingPulls pending)
{
    private long _count;
    private long _lastAt;
    private int _isPending;

    /// <summary>Belongs to <see cref="PendingPulls"/>.</summary>
    internal PullCounter? Next;

    /// <summary>Without a lock, and without memory but at the first pull since the counter was written.</summary>
    public void Count(DateTimeOffset now)
    {
        Volatile.Write(ref _lastAt, now.ToUnixTimeMilliseconds());
        Interlocked.Increment(ref _count);
        AddToPending();
    }

    /// <summary>Takes what was counted. A pull that comes meanwhile is in it, or makes the counter wait once more.</summary>
    public TakenPulls Take()
    {
        Interlocked.Exchange(ref _isPending, 0);
        var count = Interlocked.Exchange(ref _count, 0);
        return new TakenPulls(this, count, Volatile.Read(ref _lastAt));
    }

    /// <summary>Puts back what could not be written.</summary>
    public void Return(long count)
    {
        Interlocked.Add(ref _count, count);
        AddToPending();
    }

    /// <summary>Writes what was taken, if what it was counted for is still there.</summary>
    public abstract void Write(DbConnection db, TakenPulls taken);

    // Where there is no room the count stays here, and the next pull tries again.
    private void AddToPending()
    {
        if (Volatile.Read(ref _isPending) == 0 && Interlocked.Exchange(ref _isPending, 1) == 0 && !pending.TryAdd(this))
            Volatile.Write(ref _isPending, 0);
    }
}
