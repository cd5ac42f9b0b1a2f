using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Referrers;

/// <summary>What refers to a manifest: signatures, inventories, attestations (OCI Distribution, "Listing Referrers").</summary>
public sealed class ReferrerStore(IMetadataDatabase database, RepositoryStore repositories, BlobVault vault)
{
    // An answer's annotations come from the manifests' bodies; this many bytes of them are opened for one page.
    private const long MaxBodyBytes = 4 << 20;

    /// <param name="artifactType">Null: all types.</param>
    /// <param name="last">Digest of the last one seen; null: from the start.</param>
    /// <returns>At most <paramref name="limit"/>, fewer when their manifests are large, in order of their digests; empty too when the subject or the repository is unknown.
    /// Annotations are content: manifests that may not be read, or not listed, are left out.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the repository may not be read.</exception>
    public async Task<IReadOnlyList<Referrer>> ListAsync(RepositoryAccess access, Digest subject, string? artifactType, string? last, int limit)
    {
        access.Demand(RepositoryActions.Pull);
        if (await repositories.FindAsync(access) is not { } repository)
            return [];
        repository.Refuse(ItemLocks.Read);
        var rows = await database.ReadAsync(db => Task.FromResult(db.Query<ReferrerRow>(
            """
            SELECT digest, media_type, size_bytes, artifact_type, epoch, body, body_id FROM manifest
            WHERE repository_id = @Id AND subject = @subject AND read_enabled = 1 AND list_enabled = 1 AND digest > @last AND (@artifactType IS NULL OR artifact_type = @artifactType)
            ORDER BY digest LIMIT @limit
            """,
            new { repository.Id, subject, last = last ?? "", artifactType, limit }).AsList()));
        var found = new List<Referrer>();
        long bodyBytes = 0;
        foreach (var row in rows)
        {
            if (found.Count > 0 && bodyBytes + row.SizeBytes > MaxBodyBytes)
                break;
            bodyBytes += row.SizeBytes;
            found.Add(await OpenAsync(repository, row));
        }
        return found;
    }

    /// <summary>Whether the list goes on after a digest.</summary>
    public async Task<bool> AnyAfterAsync(RepositoryAccess access, Digest subject, string? artifactType, Digest last)
    {
        access.Demand(RepositoryActions.Pull);
        if (await repositories.FindAsync(access) is not { } repository)
            return false;
        return await database.ReadAsync(db => db.ExecuteScalarAsync<long>(
            """
            SELECT EXISTS (SELECT 1 FROM manifest
            WHERE repository_id = @Id AND subject = @subject AND read_enabled = 1 AND list_enabled = 1 AND digest > @last AND (@artifactType IS NULL OR artifact_type = @artifactType))
            """,
            new { repository.Id, subject, last, artifactType })) != 0;
    }

    // Annotations are content and stand only in the sealed body.
    private async Task<Referrer> OpenAsync(Repository repository, ReferrerRow row)
    {
        var body = await vault.OpenAsync(repository.RegistryId, new SealedRow(row.BodyId, row.Epoch, row.Body), CancellationToken.None);
        return new Referrer(Digest.Parse(row.Digest), row.MediaType, row.SizeBytes, row.ArtifactType, ManifestParser.Parse(body, row.MediaType).Annotations);
    }

    private sealed record ReferrerRow
    {
        public string Digest { get; init; } = "";
        public string MediaType { get; init; } = "";
        public long SizeBytes { get; init; }
        public string? ArtifactType { get; init; }
        public int Epoch { get; init; }
        public byte[] Body { get; init; } = [];
        public Guid BodyId { get; init; }
    }
}
