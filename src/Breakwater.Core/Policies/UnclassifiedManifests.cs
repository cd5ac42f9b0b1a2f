using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Policies;

/// <summary>
/// Manifests from before their kind was noted. What they are stands in their sealed bodies, which no migration can read; so the first start
/// after it does. Later starts find none.
/// </summary>
internal static class UnclassifiedManifests
{
    private const int Batch = 200;

    public static async Task ClassifyAsync(IMetadataDatabase database, BlobVault vault, CancellationToken cancellationToken)
    {
        // Registries whose key cannot be used now: a later start reads theirs.
        var closed = new HashSet<Guid>();
        while (await ReadAsync(database, closed) is { Count: > 0 } rows)
        {
            var found = new List<object>(rows.Count);
            foreach (var row in rows.Where(row => !closed.Contains(row.RegistryId)))
            {
                if (await KindOfAsync(vault, row, cancellationToken) is { } kind)
                    found.Add(new { row.RepositoryId, row.Digest, kind });
                else
                    closed.Add(row.RegistryId);
            }
            await database.WriteAsync(db => db.Execute("UPDATE manifest SET signature_kind = @kind WHERE repository_id = @RepositoryId AND digest = @Digest", found));
        }
    }

    private static async Task<IReadOnlyList<Row>> ReadAsync(IMetadataDatabase database, IReadOnlyCollection<Guid> closed) => (await database.ReadAsync(db => db.QueryAsync<Row>(
        """
        SELECT m.repository_id, r.registry_id, m.digest, m.media_type, m.body_id, m.epoch, m.body
        FROM manifest m JOIN repository r ON r.id = m.repository_id WHERE m.signature_kind IS NULL AND r.registry_id NOT IN @closed LIMIT @Batch
        """,
        new { Batch, closed = closed.Select(id => id.ToString("N")) }))).AsList();

    // Null: it cannot be read now. A damaged one verifies nothing any more; pushed again, it is classified again.
    private static async Task<SignatureKind?> KindOfAsync(BlobVault vault, Row row, CancellationToken cancellationToken)
    {
        try
        {
            var body = await vault.OpenAsync(row.RegistryId, new SealedRow(row.BodyId, row.Epoch, row.Body), cancellationToken);
            return ManifestParser.Parse(body, row.MediaType).Signature.Kind;
        }
        catch (Exception e) when (e is CorruptObjectException or OciException)
        {
            return SignatureKind.None;
        }
        catch (KeyUnavailableException e) when (e.IsOfTheStore)
        {
            return null;
        }
    }

    private sealed record Row
    {
        public Guid RepositoryId { get; init; }
        public Guid RegistryId { get; init; }
        public string Digest { get; init; } = "";
        public string MediaType { get; init; } = "";
        public Guid BodyId { get; init; }
        public int Epoch { get; init; }
        public byte[] Body { get; init; } = [];
    }
}
