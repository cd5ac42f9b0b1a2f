using System.IO.Pipelines;

namespace Breakwater.Server.Network;

/// <summary>A body that is taken only while the registry's network lets its sender in: asked for each piece that arrives.</summary>
internal sealed class GuardedReader(PipeReader inner, NetworkRight right) : PipeReader
{
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        try
        {
            right.Demand();
        }
        catch (NetworkEndedException)
        {
            inner.AdvanceTo(result.Buffer.Start);
            throw;
        }
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        result = default;
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
