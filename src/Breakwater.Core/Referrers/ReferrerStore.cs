using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Referrers;

/// <summary>What refers to a manifest: signatures, inventories, attestations (OCI Distribution, "Listing Referrers").</summary>
public sealed class ReferrerStore(IMetadataDatabase database, RepositoryStore repositories)
{
    /// <param name="artifactType">Null: all types.</param>
    /// <param name="last">Digest of the last one seen; null: from the start.</param>
    /// <returns>In order of their digests; empty too when the subject or the repository is unknown.</returns>
    public async Task<IReadOnlyList<Referrer>> ListAsync(RepositoryAccess access, Digest subject, string? artifactType, string? last, int limit)
    {
        access.Demand(RepositoryActions.Pull);
        if (await repositories.FindAsync(access) is not { } repository)
            return [];
        var rows = await database.ReadAsync(db => db.QueryAsync<ReferrerRow>(
            """
            SELECT digest, media_type, size_bytes, artifact_type, annotations FROM manifest
            WHERE repository_id = @Id AND subject = @subject AND digest > @last AND (@artifactType IS NULL OR artifact_type = @artifactType)
            ORDER BY digest LIMIT @limit
            """,
            new { repository.Id, subject, last = last ?? "", artifactType, limit }));
        return [.. rows.Select(r => new Referrer(Digest.Parse(r.Digest), r.MediaType, r.SizeBytes, r.ArtifactType, r.Annotations))];
    }

    private sealed record ReferrerRow
    {
        public string Digest { get; init; } = "";
        public string MediaType { get; init; } = "";
        public long SizeBytes { get; init; }
        public string? ArtifactType { get; init; }
        public string? Annotations { get; init; }
    }
}
