using System.IO.Pipelines;
using Breakwater.Core.Storage;

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
    public async ValueTask PrepareAsync(long offset, CancellationToken cancellationToken)
    {
        try
        {
            (await SeekAsync(offset, cancellationToken)).Prepare(offset - _start);
        }
        catch (CorruptObjectException e)
        {
            await ReportAsync(e);
            throw;
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
            await ReportAsync(e);
            throw;
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
            await ReportAsync(e);
            throw;
        }
    }

    public void Dispose() => _part?.Dispose();

    private async Task ReportAsync(CorruptObjectException damage)
    {
        // A part that is opened late may have been cleaned up: that is no damage.
        if (!await _damaged.RecordAsync(damage.ObjectId))
            throw new IOException("The blob was deleted while it was being read.", damage);
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
