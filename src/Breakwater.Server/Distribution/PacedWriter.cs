using System.IO.Pipelines;
using Breakwater.Core.Tiers;

namespace Breakwater.Server.Distribution;

/// <summary>A body that is sent no faster than the registry's tier gives content.</summary>
internal sealed class PacedWriter(PipeWriter inner, BytePacer pacer) : PipeWriter
{
    private long _written;

    public static PipeWriter Of(PipeWriter inner, BytePacer? pacer) => pacer is null ? inner : new PacedWriter(inner, pacer);

    public override void Advance(int bytes)
    {
        _written += bytes;
        inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await pacer.PassAsync(_written, cancellationToken);
        _written = 0;
        return await inner.FlushAsync(cancellationToken);
    }

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
