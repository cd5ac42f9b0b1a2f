using System.IO.Pipelines;
using Breakwater.Core.Keys;

namespace Breakwater.Core.Storage;

/// <summary>Reads an object. No byte leaves before the tag of its segment is verified.</summary>
public sealed class VaultReader : IDisposable
{
    internal const long UnknownSize = -1;

    private readonly SealedObject _item;
    private readonly IBlobReader _file;
    private readonly SegmentCipher _cipher;
    private readonly long _lastSegment;
    private byte[]? _sealed;
    private long _loadedFirst;
    private int _loadedLength;

    internal VaultReader(SealedObject item, IBlobReader file, RootKey root)
    {
        _item = item;
        _file = file;
        var header = new byte[ObjectHeader.Size];
        if (file.Read(0, header) != ObjectHeader.Size || !ObjectHeader.Matches(header, item.Epoch, item.RegistryId, item.Id))
            throw new CorruptObjectException(item.Id, "its file has another header.");
        if (item.SizeBytes != UnknownSize && file.Length != Segments.SealedLength(item.SizeBytes))
            throw new CorruptObjectException(item.Id, $"its file has {file.Length} bytes, not {Segments.SealedLength(item.SizeBytes)}.");
        _cipher = new SegmentCipher(root, header);
        _lastSegment = item.SizeBytes == UnknownSize ? long.MaxValue : Segments.Count(item.SizeBytes) - 1;
    }

    public long SizeBytes => _item.SizeBytes;

    /// <summary>Verifies and copies the part that starts at <paramref name="offset"/>.</summary>
    /// <returns>False when nobody reads from the target any more.</returns>
    /// <exception cref="CorruptObjectException">A segment does not authenticate; nothing of it was written.</exception>
    public async ValueTask<bool> CopyToAsync(PipeWriter target, long offset, long count, CancellationToken cancellationToken)
    {
        var end = offset + count;
        while (offset < end)
        {
            offset += CopySegment(target, offset, end);
            // One flush per batch read; the pipe itself says when its buffer is full.
            if (offset == end || IsBatchEnd(offset))
            {
                var flushed = await target.FlushAsync(cancellationToken);
                if (flushed.IsCompleted)
                    return false;
            }
        }
        return true;
    }

    /// <summary>Verifies and reads into <paramref name="target"/> as much as it takes, up to the end of the segment.</summary>
    /// <returns>The bytes read; 0 at the end.</returns>
    public int Read(long offset, Span<byte> target)
    {
        var segment = offset >> Segments.SizeLog2;
        var start = (int)(offset - (segment << Segments.SizeLog2));
        var plainLength = PlainLength(segment);
        var count = Math.Min(target.Length, plainLength - start);
        if (count <= 0)
            return 0;
        if (start == 0 && count == plainLength)
            Open(segment, target[..count]);
        else
            OpenPart(segment, plainLength, start, target[..count]);
        return count;
    }

    /// <summary>Reads ahead and verifies the segment at <paramref name="offset"/>, before anything is promised.</summary>
    /// <exception cref="CorruptObjectException">It does not authenticate.</exception>
    public void Prepare(long offset)
    {
        var plain = SegmentBuffers.Plain.Get();
        try
        {
            var segment = offset >> Segments.SizeLog2;
            Open(segment, plain.AsSpan(0, PlainLength(segment)));
        }
        finally
        {
            SegmentBuffers.Plain.Return(plain);
        }
    }

    /// <summary>Proves that the object is whole, the empty one too: its last segment authenticates as the last.</summary>
    public void VerifyEnd()
    {
        var plain = SegmentBuffers.Plain.Get();
        Open(_lastSegment, plain.AsSpan(0, PlainLength(_lastSegment)));
        SegmentBuffers.Plain.Return(plain);
    }

    /// <summary>How many whole segments an object has whose writing was cut off.</summary>
    public long CountWholeSegments() => Math.Max(0, (_file.Length - ObjectHeader.Size) / Segments.SealedSize);

    /// <summary>Reads one whole segment of an object whose writing was cut off.</summary>
    /// <returns>False when it is torn.</returns>
    public bool TryReadWholeSegment(long segment, Span<byte> plain) => _cipher.TryOpen(segment, last: false, Load(segment), plain);

    internal static bool HasHeader(IBlobReader file, Guid registryId, Guid id, int epoch)
    {
        Span<byte> header = stackalloc byte[ObjectHeader.Size];
        return file.Read(0, header) == ObjectHeader.Size && ObjectHeader.Matches(header, epoch, registryId, id);
    }

    public void Dispose()
    {
        _file.Dispose();
        _cipher.Dispose();
        if (_sealed is not null)
            SegmentBuffers.Sealed.Return(_sealed);
        _sealed = null;
    }

    private static bool IsBatchEnd(long offset) => (offset >> Segments.SizeLog2) % SegmentBuffers.Batch == 0 && (offset & (Segments.PlainSize - 1)) == 0;

    private int CopySegment(PipeWriter target, long offset, long end)
    {
        var wanted = (int)Math.Min(Segments.PlainSize - (offset & (Segments.PlainSize - 1)), end - offset);
        var read = Read(offset, target.GetSpan(wanted)[..wanted]);
        target.Advance(read);
        return read > 0 ? read : throw new CorruptObjectException(_item.Id, "it ends early.");
    }

    private void OpenPart(long segment, int plainLength, int start, Span<byte> target)
    {
        var plain = SegmentBuffers.Plain.Get();
        try
        {
            Open(segment, plain.AsSpan(0, plainLength));
            plain.AsSpan(start, target.Length).CopyTo(target);
        }
        finally
        {
            SegmentBuffers.Plain.Return(plain);
        }
    }

    private void Open(long segment, Span<byte> plain)
    {
        var sealedSegment = Load(segment);
        if (sealedSegment.Length != plain.Length + Segments.TagSize || !_cipher.TryOpen(segment, segment == _lastSegment, sealedSegment, plain))
            throw new CorruptObjectException(_item.Id, $"segment {segment} does not authenticate.");
    }

    private int PlainLength(long segment) =>
        (int)Math.Clamp(_item.SizeBytes - (segment << Segments.SizeLog2), 0, Segments.PlainSize);

    // Sealed bytes of one segment, from a batch that is read at once.
    private ReadOnlySpan<byte> Load(long segment)
    {
        _sealed ??= SegmentBuffers.Sealed.Get();
        var offset = Segments.OffsetOf(segment);
        if (_loadedLength == 0 || offset < _loadedFirst || offset >= _loadedFirst + _loadedLength)
        {
            var last = Math.Min(_lastSegment, (segment / SegmentBuffers.Batch + 1) * SegmentBuffers.Batch - 1);
            _loadedFirst = offset;
            _loadedLength = ReadBatch(offset, (int)(last - segment + 1) * Segments.SealedSize);
        }
        var start = (int)(offset - _loadedFirst);
        return _sealed.AsSpan(start, Math.Min(Segments.SealedSize, _loadedLength - start));
    }

    private int ReadBatch(long offset, int count)
    {
        try
        {
            return _file.Read(offset, _sealed.AsSpan(0, count));
        }
        catch (IOException e)
        {
            throw new CorruptObjectException(_item.Id, $"its file cannot be read: {e.Message}");
        }
    }
}
