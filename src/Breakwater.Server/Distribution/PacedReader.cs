using System.Buffers;
using System.IO.Pipelines;
using Breakwater.Core.Tiers;

namespace Breakwater.Server.Distribution;

/// <summary>A body that is read no faster than the registry's tier takes content; the client feels it by TCP's own means.</summary>
internal sealed class PacedReader(PipeReader inner, BytePacer pacer) : PipeReader
{
    private ReadOnlySequence<byte> _last;
    private long _consumed;

    public static PipeReader Of(PipeReader inner, BytePacer? pacer) => pacer is null ? inner : new PacedReader(inner, pacer);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_consumed > 0)
            await pacer.PassAsync(_consumed, cancellationToken);
        _consumed = 0;
        var result = await inner.ReadAsync(cancellationToken);
        _last = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        result = default;
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _consumed += _last.Slice(_last.Start, consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
