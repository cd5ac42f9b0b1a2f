using System.Threading.Channels;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Oci;

namespace Breakwater.Core.Audit;

/// <summary>
/// The audit log. Records go into a bounded queue; one writer chains, signs and stores them in batches, a few times a second at most.
/// </summary>
/// <remarks>
/// Three strengths. <see cref="Enqueue"/> never waits: a crash loses what stands in the queue, that is less than a second. <see cref="WriteAsync"/>
/// returns when the record is durable. A change of rights or settings begins with <see cref="BeginAsync"/>: without its durable trace nothing
/// is changed, and whatever became of it, it has a record.
/// </remarks>
public sealed class AuditLog : IAsyncDisposable
{
    /// <summary>About 16 MB, and three seconds of pulling as fast as a small machine can.</summary>
    private const int Capacity = 65_536;

    // Bounds the time that other writers of the database wait for one batch, and how much a query reads for one record.
    private const int BatchSize = 512;

    /// <summary>How long the first record of a batch waits for others, unless somebody waits for it.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private readonly Channel<AuditEntry> _queue;
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly IMetadataDatabase _database;
    private readonly AuditChain _chain;
    private readonly AuditWriter _writer;
    private readonly Task _running;
    private long _lost;

    private AuditLog(IMetadataDatabase database, AuditChain chain, AuditWriter writer, int capacity)
    {
        _queue = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(capacity) { SingleReader = true });
        (_database, _chain, _writer) = (database, chain, writer);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Called with what was written, in order, by the one writer: an export. It must not throw.</summary>
    public Action<IReadOnlyList<ChainedRecord>>? Written { get => _writer.Written; set => _writer.Written = value; }

    /// <summary>Called when the log cannot be written, or must not be pruned. It must not throw.</summary>
    public Action<string>? Problem { get => _writer.Problem; set => _writer.Problem = value; }

    internal ChainLink Head => _chain.Head;

    /// <summary>Opens the log and records the changes that a crash left without an outcome.</summary>
    public static Task<AuditLog> OpenAsync(
        IMetadataDatabase database, SecretBox box, Guid installationId, AuditOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenAsync(database, box, installationId, options, clock, Capacity, cancellationToken);

    internal static async Task<AuditLog> OpenAsync(
        IMetadataDatabase database, SecretBox box, Guid installationId, AuditOptions options, TimeProvider clock, int capacity, CancellationToken cancellationToken)
    {
        var key = await new AuditKeys(database, box, installationId, clock).GetAsync(cancellationToken);
        var chain = new AuditChain(database, key, clock);
        await chain.LoadAsync();
        await PendingChanges.SettleAsync(database, chain);
        return new AuditLog(database, chain, new AuditWriter(chain, new AuditRetention(database, key, options, clock), clock), capacity);
    }

    /// <summary>For pulls and refusals. When the queue is full the record is counted as lost, and the count recorded.</summary>
    public void Enqueue(AuditRecord record)
    {
        if (!_queue.Writer.TryWrite(new AuditEntry(record)))
            Interlocked.Increment(ref _lost);
    }

    /// <summary>For pushes and deletions: not durable either when this returns, but never lost to a full queue.</summary>
    public ValueTask EnqueueAsync(AuditRecord record, CancellationToken cancellationToken) => _queue.Writer.WriteAsync(new AuditEntry(record), cancellationToken);

    /// <summary>Returns when the record is durable, and with it all before it.</summary>
    /// <param name="change">The pending change whose outcome it is.</param>
    /// <exception cref="OciException"><c>StorageFull</c> or <c>Unavailable</c></exception>
    public Task WriteAsync(AuditRecord record, Guid? change = null) => WaitAsync(record, change);

    /// <summary>Returns when everything that was recorded before is durable.</summary>
    /// <exception cref="OciException"><c>StorageFull</c> or <c>Unavailable</c></exception>
    public Task FlushAsync() => WaitAsync(null, null);

    /// <summary>Makes it durable that a change is about to be made. <see cref="WriteAsync"/> takes the answer, with the outcome.</summary>
    /// <exception cref="OciException"><c>StorageFull</c> or <c>Unavailable</c>: the change must not be made.</exception>
    public Task<Guid> BeginAsync(AuditRecord record) => PendingChanges.AddAsync(_database, AuditText.Clean(record));

    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
        {
            await _running;
            return;
        }
        _writer.Stop();
        _hurry.Release();
        await _running;
        _hurry.Dispose();
        _writer.Dispose();
    }

    private async Task WaitAsync(AuditRecord? record, Guid? change)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync(new AuditEntry(record, waiting, change));
        }
        catch (ChannelClosedException e)
        {
            throw new OciException(OciErrors.Unavailable, inner: e);
        }
        _hurry.Release();
        await waiting.Task;
    }

    private async Task RunAsync()
    {
        var more = _queue.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            // Bursts end and records expire without anything new, too.
            if (!more.IsCompleted)
                await Task.WhenAny(more, Task.Delay(Tick));
            var came = more.IsCompleted;
            if (came && !await more)
                break;
            if (came)
                await GatherAsync();
            await _writer.WriteAsync(Take(), last: false);
            if (came)
                more = _queue.Reader.WaitToReadAsync().AsTask();
        }
        await _writer.WriteAsync(Take(), last: true);
    }

    private async Task GatherAsync()
    {
        if (_queue.Reader.Count >= BatchSize || _writer.IsStopped)
            return;
        await _hurry.WaitAsync(Gathering);
        while (_hurry.Wait(0))
        {
        }
    }

    private List<AuditEntry> Take()
    {
        var entries = new List<AuditEntry>();
        while (entries.Count < BatchSize && _queue.Reader.TryRead(out var entry))
            entries.Add(entry);
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            entries.Add(new AuditEntry(_writer.Lost(lost)));
        return entries;
    }
}
