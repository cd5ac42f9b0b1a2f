namespace Breakwater.Core.Usage;

/// <summary>
/// Counters that have something to write: a chain through the counters themselves (R. K. Treiber, 1986), so that adding one is one exchange, without a lock
/// and without memory. It is taken whole, so a counter cannot come back between a look and an exchange.
/// </summary>
/// <param name="capacity">Counters that wait at most.</param>
internal sealed class PendingPulls(int capacity)
{
    private PullCounter? _first;
    private int _count;

    /// <returns>False when there is no room.</returns>
    public bool TryAdd(PullCounter counter)
    {
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        PullCounter? first;
        do
        {
            first = Volatile.Read(ref _first);
            counter.Next = first;
        }
        while (Interlocked.CompareExchange(ref _first, counter, first) != first);
        return true;
    }

    /// <summary>Takes all that wait, with what they have counted.</summary>
    public List<TakenPulls> TakeAll()
    {
        var taken = new List<TakenPulls>();
        for (var counter = Interlocked.Exchange(ref _first, null); counter is not null;)
        {
            // Taken, it may wait again at once, before another one.
            var next = counter.Next;
            counter.Next = null;
            Interlocked.Decrement(ref _count);
            if (counter.Take() is { Count: > 0 } pulls)
                taken.Add(pulls);
            counter = next;
        }
        return taken;
    }
}
