using System.Data.Common;
using System.Security.Cryptography;
using Breakwater.Core.Blobs;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Rotation;

/// <summary>
/// Encrypts blobs anew under the current root key, one at a time. The new copy is durable, and has the digest of what was pushed, before one transaction puts it
/// in the old one's place; whoever reads the old one reads on.
/// </summary>
internal sealed class ObjectRewriter(IMetadataDatabase database, CoherentCache cache, BlobVault vault, DamagedObjects damaged, RotationOptions options, TimeProvider clock)
{
    private const int Batch = 100;

    /// <param name="corrupt">Called for each that is not what was pushed. It stays where it is.</param>
    public async Task RunAsync(RootKeyRotation rotation, RewritePace pace, Action<CorruptObjectException> corrupt, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var found = await database.ReadAsync(db => RotationRows.ObjectsAsync(db, rotation.RegistryId, rotation.Epoch, after, Batch));
            foreach (var item in found)
                await TryRewriteAsync(rotation.RegistryId, item, pace, corrupt, cancellationToken);
            if (found.Count < Batch)
                return;
            after = found[^1].Digest;
        }
    }

    private async Task TryRewriteAsync(Guid registryId, OldObject item, RewritePace pace, Action<CorruptObjectException> corrupt, CancellationToken cancellationToken)
    {
        try
        {
            await RewriteAsync(registryId, item, pace, cancellationToken);
        }
        catch (CorruptObjectException e)
        {
            corrupt(e);
        }
        catch (OciException e) when (e.Error == OciErrors.BlobUnknown)
        {
            // Deleted meanwhile.
        }
    }

    private async Task RewriteAsync(Guid registryId, OldObject item, RewritePace pace, CancellationToken cancellationToken)
    {
        if (!vault.HasRoomFor(item.SizeBytes))
            throw new OciException(OciErrors.StorageFull, $"There is no room for a second copy of {item.Digest} ({item.SizeBytes} bytes) beside what is kept free for pushes.");
        var parts = await PartsAsync(registryId, item);
        using var target = await vault.CreateAsync(registryId, cancellationToken);
        try
        {
            await CopyAsync(item, parts, target, pace, cancellationToken);
            await target.CompleteAsync();
        }
        catch
        {
            vault.Delete(target.Id);
            throw;
        }
        // When this fails the file stays for the sweeper: nobody can say then whether the row is there.
        var run = new UploadRun(0, target.Id, target.Epoch, target.SizeBytes);
        if (await database.WriteAsync(db => Replace(db, registryId, item, parts.Count > 1, run)) is not { } links)
        {
            vault.Delete(target.Id);
            return;
        }
        foreach (var link in links)
            cache.Invalidate(link);
    }

    private async Task CopyAsync(OldObject item, IReadOnlyList<SealedObject> parts, VaultWriter target, RewritePace pace, CancellationToken cancellationToken)
    {
        var digest = Digest.Parse(item.Digest);
        using var hash = IncrementalHash.CreateHash(digest.Algorithm == DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        using var source = new BlobReader(vault, parts, damaged);
        var buffer = SegmentBuffers.Plain.Get();
        try
        {
            int read;
            for (long offset = 0; (read = await source.ReadAsync(offset, buffer, cancellationToken)) > 0; offset += read)
            {
                hash.AppendData(buffer, 0, read);
                target.Write(buffer.AsSpan(0, read));
                await pace.SpendAsync(read, cancellationToken);
            }
        }
        finally
        {
            SegmentBuffers.Plain.Return(buffer);
        }
        if (Digest.FromHash(digest.Algorithm, hash.GetHashAndReset()) == digest)
            return;
        await damaged.RecordAsync(item.Id);
        throw new CorruptObjectException(item.Id, $"it does not have the digest {digest}.");
    }

    private async Task<IReadOnlyList<SealedObject>> PartsAsync(Guid registryId, OldObject item)
    {
        var following = await database.ReadAsync(async db => (await db.QueryAsync<PartRow>(
            "SELECT object_id, part_id, epoch, size_bytes FROM object_part WHERE object_id = @Id ORDER BY sequence", new { item.Id })).AsList());
        return PartRow.Join(registryId, item.ToRow(), following);
    }

    /// <returns>The cache keys that have changed; null when the object is gone, or found to be damaged meanwhile.</returns>
    private IReadOnlyList<BlobKey>? Replace(DbConnection db, Guid registryId, OldObject item, bool hasParts, UploadRun copy)
    {
        var digest = Digest.Parse(item.Digest);
        if (BlobRows.Find(db, registryId, digest) is not { IsDamaged: false } now || now.Id != item.Id)
            return null;
        // Who reads a blob in parts opens each when its turn comes.
        var replaced = BlobRows.Replace(db, registryId, digest, now, [copy], clock.GetUtcNow(), hasParts ? options.Patience : default);
        RotationRows.AddDone(db, registryId, 1, item.SizeBytes);
        return BlobRows.LinksOf(db, replaced.Id);
    }
}
