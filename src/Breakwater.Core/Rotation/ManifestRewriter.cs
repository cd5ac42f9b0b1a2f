using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Rotation;

/// <summary>Encrypts the bodies of manifests anew under the current root key, in repositories and in the recycle bin, some in each transaction.</summary>
internal sealed class ManifestRewriter(IMetadataDatabase database, BlobVault vault)
{
    private const int Batch = 16, RepositoryBatch = 200;

    /// <param name="corrupt">Called for each that is not what was pushed. It stays as it is.</param>
    /// <returns>How many those were.</returns>
    public async Task<int> RunAsync(RootKeyRotation rotation, RewritePace pace, Action<CorruptObjectException> corrupt, CancellationToken cancellationToken)
    {
        var unreadable = 0;
        var key = new { rotation.RegistryId, rotation.Epoch, RepositoryBatch };
        for (var after = ""; ;)
        {
            var names = await database.ReadAsync(async db => (await db.QueryAsync<(string Id, string Name)>(
                "SELECT id, name FROM repository WHERE registry_id = @RegistryId AND name > @after ORDER BY name LIMIT @RepositoryBatch", new { key.RegistryId, key.RepositoryBatch, after })).AsList());
            foreach (var (id, _) in names)
                unreadable += await RunAsync(rotation, OldBodies.OfRepository(Guid.ParseExact(id, "N")), pace, corrupt, cancellationToken);
            if (names.Count < RepositoryBatch)
                break;
            after = names[^1].Name;
        }
        return unreadable + await RunAsync(rotation, OldBodies.OfBin(rotation.RegistryId), pace, corrupt, cancellationToken);
    }

    private async Task<int> RunAsync(RootKeyRotation rotation, OldBodies bodies, RewritePace pace, Action<CorruptObjectException> corrupt, CancellationToken cancellationToken)
    {
        var unreadable = 0;
        for (OldBody? last = null; ;)
        {
            var found = await database.ReadAsync(db => bodies.ReadAsync(db, rotation.Epoch, last, Batch));
            var renewed = new List<(OldBody Old, SealedRow New)>();
            foreach (var body in found)
            {
                try
                {
                    renewed.Add((body, await RenewAsync(rotation.RegistryId, body, cancellationToken)));
                }
                catch (CorruptObjectException e)
                {
                    unreadable++;
                    corrupt(e);
                }
            }
            if (renewed.Count > 0)
                await database.WriteAsync(db => Replace(db, rotation, bodies, renewed));
            await pace.SpendAsync(renewed.Sum(row => (long)row.New.Bytes.Length), cancellationToken);
            if (found.Count < Batch)
                return unreadable;
            last = found[^1];
        }
    }

    private async Task<SealedRow> RenewAsync(Guid registryId, OldBody body, CancellationToken cancellationToken)
    {
        var content = await vault.OpenAsync(registryId, new SealedRow(body.BodyId, body.Epoch, body.Body), cancellationToken);
        if (!Digest.TryParse(body.Digest, out var digest) || Digest.Of(digest.Algorithm, content) != digest)
            throw new CorruptObjectException(body.BodyId, $"it does not have the digest {body.Digest}.");
        // Under its id: by it pulls are counted.
        return await vault.SealAsync(registryId, body.BodyId, content, cancellationToken);
    }

    private static bool Replace(DbConnection db, RootKeyRotation rotation, OldBodies bodies, IReadOnlyList<(OldBody Old, SealedRow New)> renewed)
    {
        // One that was deleted, or is another by now, is left as it is.
        var done = renewed.Where(row => bodies.Replace(db, row.Old, row.New)).ToList();
        RotationRows.AddDone(db, rotation.RegistryId, done.Count, done.Sum(row => row.Old.SizeBytes));
        return true;
    }
}
