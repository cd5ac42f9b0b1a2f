using System.IO.Pipelines;
using Breakwater.Core.Storage;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>Reads a blob's content: its parts one after the other, each opened when its turn comes.</summary>
public sealed class BlobReader : IDisposable
{
    private readonly BlobVault _vault;
    private readonly IReadOnlyList<SealedObject> _parts;
    private readonly DamagedObjects _damaged;
    private VaultReader? _part;
    private int _index;
    private long _start;

    internal BlobReader(BlobVault vault, IReadOnlyList<SealedObject> parts, DamagedObjects damaged)
    {
        _vault = vault;
        _parts = parts;
        _damaged = damaged;
    }

    /// <summary>Reads ahead and verifies what stands at <paramref name="offset"/>, before anything is promised.</summary>
    /// <exception cref="CorruptObjectException">It does not authenticate.</exception>
    /// <exception cref="OciException"><c>Unavailable</c>: the object store is away; <c>BlobUnknown</c>: the blob was deleted meanwhile.</exception>
    public async ValueTask PrepareAsync(long offset, CancellationToken cancellationToken)
    {
        try
        {
            (await SeekAsync(offset, cancellationToken)).Prepare(offset - _start);
        }
        catch (CorruptObjectException e)
        {
            throw await JudgeAsync(e);
        }
    }

    /// <summary>Verifies and copies the part of the content that starts at <paramref name="offset"/>.</summary>
    /// <exception cref="CorruptObjectException">A segment does not authenticate; nothing of it was written.</exception>
    public async ValueTask CopyToAsync(PipeWriter target, long offset, long count, CancellationToken cancellationToken)
    {
        try
        {
            while (count > 0)
            {
                var part = await SeekAsync(offset, cancellationToken);
                var here = Math.Min(count, _start + part.SizeBytes - offset);
                if (!await part.CopyToAsync(target, offset - _start, here, cancellationToken))
                    return;
                offset += here;
                count -= here;
            }
        }
        catch (CorruptObjectException e)
        {
            throw await JudgeAsync(e);
        }
    }

    /// <summary>Verifies and reads some bytes of the content, at least one, until its end.</summary>
    /// <returns>The bytes read; 0 at the end, which is verified too.</returns>
    /// <exception cref="CorruptObjectException">They do not authenticate.</exception>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            var part = await SeekAsync(offset, cancellationToken);
            if (offset - _start < part.SizeBytes)
                return part.Read(offset - _start, target.Span);
            part.VerifyEnd();
            return 0;
        }
        catch (CorruptObjectException e)
        {
            throw await JudgeAsync(e);
        }
    }

    public void Dispose() => _part?.Dispose();

    // What cannot be read is not always damaged: its volume may be away, or the blob deleted since and its files cleaned up.
    private async Task<Exception> JudgeAsync(CorruptObjectException damage)
    {
        if (_vault.Probe() is not null)
            return new OciException(OciErrors.Unavailable, inner: damage);
        return await _damaged.RecordAsync(damage.ObjectId) ? damage : new OciException(OciErrors.BlobUnknown, inner: damage);
    }

    private async ValueTask<VaultReader> SeekAsync(long offset, CancellationToken cancellationToken)
    {
        var (index, start) = (0, 0L);
        while (index < _parts.Count - 1 && offset >= start + _parts[index].SizeBytes)
            start += _parts[index++].SizeBytes;
        if (_part is not null && index == _index)
            return _part;
        _part?.Dispose();
        _part = null;
        _part = await _vault.OpenAsync(_parts[index], cancellationToken);
        (_index, _start) = (index, start);
        return _part;
    }
}
