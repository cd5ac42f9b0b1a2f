namespace Breakwater.Core.Storage;

/// <summary>Seals a new object while its content arrives. One caller at a time.</summary>
public sealed class VaultWriter : IDisposable
{
    private readonly IBlobWriter _target;
    private readonly SegmentCipher _cipher;
    private readonly byte[] _plain = SegmentBuffers.Plain.Get();
    private readonly byte[] _sealed = SegmentBuffers.Sealed.Get();
    private int _plainLength;
    private int _sealedLength;
    private long _segment;
    private bool _disposed;

    internal VaultWriter(Guid id, int epoch, IBlobWriter target, SegmentCipher cipher)
    {
        Id = id;
        Epoch = epoch;
        _target = target;
        _cipher = cipher;
        cipher.Header.CopyTo(_sealed);
        _sealedLength = ObjectHeader.Size;
    }

    public Guid Id { get; }

    public int Epoch { get; }

    /// <summary>Plain bytes taken so far.</summary>
    public long SizeBytes { get; private set; }

    /// <exception cref="IOException">The store cannot be written; the object must be discarded.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        SizeBytes += content.Length;
        while (content.Length > 0)
        {
            // A full segment waits for more: only the last one carries the last flag.
            if (_plainLength == Segments.PlainSize)
                SealSegment(last: false);
            var count = Math.Min(content.Length, Segments.PlainSize - _plainLength);
            content[..count].CopyTo(_plain.AsSpan(_plainLength));
            _plainLength += count;
            content = content[count..];
        }
    }

    /// <summary>Seals the last segment and makes the object durable.</summary>
    /// <exception cref="IOException">It may not be durable; it must be discarded.</exception>
    public Task CompleteAsync()
    {
        SealSegment(last: true);
        Flush();
        return _target.CompleteAsync();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _target.Dispose();
        _cipher.Dispose();
        SegmentBuffers.Plain.Return(_plain);
        SegmentBuffers.Sealed.Return(_sealed);
    }

    private void SealSegment(bool last)
    {
        if (_sealed.Length - _sealedLength < Segments.SealedSize)
            Flush();
        _cipher.Seal(_segment++, last, _plain.AsSpan(0, _plainLength), _sealed.AsSpan(_sealedLength));
        _sealedLength += _plainLength + Segments.TagSize;
        _plainLength = 0;
    }

    private void Flush()
    {
        _target.Write(_sealed.AsSpan(0, _sealedLength));
        _sealedLength = 0;
    }
}
