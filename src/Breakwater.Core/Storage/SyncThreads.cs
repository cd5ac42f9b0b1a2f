using System.Collections.Concurrent;

namespace Breakwater.Core.Storage;

/// <summary>Threads of their own for fsync: it waits for the disk, and the thread pool's threads have requests to serve.</summary>
internal sealed class SyncThreads : IDisposable
{
    // Disks merge flushes that wait together; more waiters than this gain nothing.
    private const int Count = 8;

    private readonly BlockingCollection<(Action Work, TaskCompletionSource Done)> _queue = [];

    public SyncThreads()
    {
        for (var i = 0; i < Count; i++)
            new Thread(Run) { IsBackground = true, Name = "file sync" }.Start();
    }

    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add((work, done));
        return done.Task;
    }

    public void Dispose() => _queue.CompleteAdding();

    private void Run()
    {
        foreach (var (work, done) in _queue.GetConsumingEnumerable())
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (IOException e)
            {
                done.SetException(e);
            }
        }
    }
}
