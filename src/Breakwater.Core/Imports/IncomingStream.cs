using Breakwater.Core.Tiers;

namespace Breakwater.Core.Imports;

/// <summary>
/// A blob on its way in: no more bytes than the manifest says, no faster than the registry's tier takes them, and with an end when the source falls
/// silent. What goes wrong at the source is an <see cref="IOException"/>, so that what arrived is kept.
/// </summary>
internal sealed class IncomingStream(Stream inner, long remaining, BytePacer? pacer, TimeSpan silence) : ReadOnlyStream
{
    private long _remaining = remaining;

    /// <summary>The source went on after the end that it had announced.</summary>
    public bool IsTooLong { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(silence);
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, time.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The source was silent for {silence.TotalSeconds:0} seconds.");
        }
        if (read > _remaining)
        {
            IsTooLong = true;
            throw new IOException("The source sent more than it had announced.");
        }
        _remaining -= read;
        if (pacer is not null && read > 0)
            await pacer.PassAsync(read, cancellationToken);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
