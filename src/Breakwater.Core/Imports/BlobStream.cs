using Breakwater.Core.Blobs;

namespace Breakwater.Core.Imports;

/// <summary>Verified content of a blob of this installation.</summary>
internal sealed class BlobStream(BlobReader reader, long offset) : ReadOnlyStream
{
    private long _at = offset;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await reader.ReadAsync(_at, buffer, cancellationToken);
        _at += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            reader.Dispose();
        base.Dispose(disposing);
    }
}
