using Breakwater.Core.Keys;

namespace Breakwater.Core.Storage;

/// <summary>
/// The encryption barrier, and the only holder of the blob driver: content has no other way to the store, and none of it is plain there.
/// </summary>
public sealed class BlobVault(IBlobDriver driver, KeyRing keys)
{
    /// <summary>Starts a new object under the registry's current key.</summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public async ValueTask<VaultWriter> CreateAsync(Guid registryId, CancellationToken cancellationToken)
    {
        var root = await keys.CurrentAsync(registryId, cancellationToken);
        var id = Guid.NewGuid();
        var cipher = NewCipher(root, registryId, id);
        try
        {
            return new VaultWriter(id, root.Epoch, driver.Create(id), cipher);
        }
        catch
        {
            cipher.Dispose();
            throw;
        }
    }

    /// <exception cref="CorruptObjectException">The object is absent, or not the one that the database means.</exception>
    public async ValueTask<VaultReader> OpenAsync(SealedObject item, CancellationToken cancellationToken)
    {
        var root = await keys.GetAsync(item.RegistryId, item.Epoch, cancellationToken);
        var file = driver.Open(item.Id) ?? throw new CorruptObjectException(item.Id, "its file is missing.");
        try
        {
            return new VaultReader(item, file, root);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens an object whose writing may have been cut off; see <see cref="VaultReader.CountWholeSegments"/>.</summary>
    /// <returns>Null when there is none, or not even its header is whole.</returns>
    public async ValueTask<VaultReader?> OpenUnfinishedAsync(Guid registryId, Guid id, int epoch, CancellationToken cancellationToken)
    {
        var root = await keys.GetAsync(registryId, epoch, cancellationToken);
        if (driver.Open(id) is not { } file)
            return null;
        if (VaultReader.HasHeader(file, registryId, id, epoch))
            return new VaultReader(new SealedObject(registryId, id, epoch, VaultReader.UnknownSize), file, root);
        file.Dispose();
        return null;
    }

    /// <summary>Seals a small content to stand in a database row.</summary>
    public ValueTask<SealedRow> SealAsync(Guid registryId, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => SealAsync(registryId, Guid.NewGuid(), content, cancellationToken);

    /// <summary>The same for what keeps its id, under another root key than before.</summary>
    internal async ValueTask<SealedRow> SealAsync(Guid registryId, Guid id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var root = await keys.CurrentAsync(registryId, cancellationToken);
        using var cipher = NewCipher(root, registryId, id);
        return new SealedRow(id, root.Epoch, RowSeal.Seal(cipher, content.Span));
    }

    /// <exception cref="CorruptObjectException">The row was changed.</exception>
    public async ValueTask<byte[]> OpenAsync(Guid registryId, SealedRow row, CancellationToken cancellationToken)
    {
        var root = await keys.GetAsync(registryId, row.Epoch, cancellationToken);
        return RowSeal.Open(root, registryId, row);
    }

    /// <summary>Removes an object. Its row must be gone, and no reader may find it any more.</summary>
    public void Delete(Guid id) => driver.Delete(id);

    /// <summary>All objects in the store, for the sweeper and the checker.</summary>
    public IEnumerable<StoredObject> List() => driver.List();

    /// <inheritdoc cref="IBlobDriver.HasRoomFor"/>
    internal bool HasRoomFor(long bytes) => driver.HasRoomFor(bytes);

    /// <summary>Null while the store can be used; otherwise why not.</summary>
    public string? Probe() => driver.Probe();

    private static SegmentCipher NewCipher(RootKey root, Guid registryId, Guid id)
    {
        var header = new byte[ObjectHeader.Size];
        ObjectHeader.Write(header, root.Epoch, registryId, id);
        return new SegmentCipher(root, header);
    }
}
