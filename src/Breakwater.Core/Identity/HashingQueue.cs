namespace Breakwater.Core.Identity;

/// <summary>Bounds the cores that password hashing can take: a hash costs 0.2 s, and anyone can ask for one.</summary>
/// <param name="concurrency">Hashings at a time.</param>
/// <param name="maxWaiting">How many may wait for one of them.</param>
public sealed class HashingQueue(int concurrency, int maxWaiting) : IDisposable
{
    private const int WaitingPerCore = 8;

    private readonly SemaphoreSlim _free = new(concurrency);
    private readonly int _max = concurrency + maxWaiting;
    private int _inside;

    /// <summary>One hashing per core; those who wait do so for less than two seconds.</summary>
    public HashingQueue()
        : this(Environment.ProcessorCount, Environment.ProcessorCount * WaitingPerCore)
    {
    }

    /// <summary>Null when the queue is full.</summary>
    public Task<T>? TryRun<T>(Func<T> work)
    {
        if (Interlocked.Increment(ref _inside) <= _max)
            return RunAsync(work);
        Interlocked.Decrement(ref _inside);
        return null;
    }

    private async Task<T> RunAsync<T>(Func<T> work)
    {
        await _free.WaitAsync();
        try
        {
            // A thread of its own: the pool's few threads serve everybody else's requests.
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _free.Release();
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _free.Dispose();
}
