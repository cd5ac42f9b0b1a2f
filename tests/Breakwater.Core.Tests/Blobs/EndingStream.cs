namespace Breakwater.Core.Tests.Blobs;

/// <summary>A body that does something at its end, for instance break off.</summary>
internal sealed class EndingStream(byte[] content, Action end) : MemoryStream(content, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length)
            end();
        return new ValueTask<int>(Read(buffer.Span));
    }
}
