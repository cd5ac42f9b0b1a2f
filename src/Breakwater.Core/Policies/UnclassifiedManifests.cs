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
        while (await ReadAsync(database) is { Count: > 0 } rows)
        {
            var found = new List<object>(rows.Count);
            foreach (var row in rows)
                found.Add(new { row.RepositoryId, row.Digest, kind = await KindOfAsync(vault, row, cancellationToken) });
            await database.WriteAsync(db => db.Execute("UPDATE manifest SET signature_kind = @kind WHERE repository_id = @RepositoryId AND digest = @Digest", found));
        }
    }

    private static async Task<IReadOnlyList<Row>> ReadAsync(IMetadataDatabase database) => (await database.ReadAsync(db => db.QueryAsync<Row>(
        """
        SELECT m.repository_id, r.registry_id, m.digest, m.media_type, m.body_id, m.epoch, m.body
        FROM manifest m JOIN repository r ON r.id = m.repository_id WHERE m.signature_kind IS NULL LIMIT @Batch
        """,
        new { Batch }))).AsList();

    // A damaged one verifies nothing any more; pushed again, it is classified again.
    private static async Task<SignatureKind> KindOfAsync(BlobVault vault, Row row, CancellationToken cancellationToken)
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
