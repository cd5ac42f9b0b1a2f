using System.Data.Common;
using Breakwater.Core.Blobs;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Work;

/// <summary>The review queue. One decision serves the preview and the run.</summary>
internal static class Reviews
{
    /// <summary>Decides about the blobs that are due, oldest first.</summary>
    /// <param name="closed">Registries that are left alone.</param>
    /// <param name="all">Also those that are not due: they wait.</param>
    public static IReadOnlyList<ReviewedBlob> Decide(DbConnection db, DateTimeOffset now, int limit, IReadOnlyCollection<Guid> closed, bool all) =>
        [.. db.Query<Row>(
            """
            SELECT v.repository_id, r.name AS repository, v.digest, COALESCE(o.size_bytes, 0) AS size_bytes, v.review_after, s.expires_at,
                   EXISTS (SELECT 1 FROM manifest_edge e WHERE e.repository_id = v.repository_id AND e.target = v.digest AND e.kind IN (0, 1)) AS referenced
            FROM review v
            JOIN repository r ON r.id = v.repository_id
            LEFT JOIN blob_link l ON l.repository_id = v.repository_id AND l.digest = v.digest
            LEFT JOIN object o ON o.id = l.object_id
            LEFT JOIN lease s ON s.repository_id = v.repository_id AND s.digest = v.digest
            WHERE (@all OR v.review_after <= @now) AND r.registry_id NOT IN @closed
            ORDER BY v.review_after LIMIT @limit
            """,
            new { now, limit, all = all ? 1 : 0, closed = closed.Select(id => id.ToString("N")) }).Select(row => row.Decide(now.ToUnixTimeMilliseconds()))];

    /// <summary>Decides and does it, in the caller's transaction.</summary>
    public static AppliedReviews Apply(DbConnection db, DateTimeOffset now, int limit, IReadOnlyCollection<Guid> closed)
    {
        var decided = Decide(db, now, limit, closed, all: false);
        foreach (var blob in decided)
            Apply(db, blob, now);
        return new AppliedReviews(decided.Count, [.. decided.Where(b => b.Outcome == ReviewOutcome.Remove)]);
    }

    private static void Apply(DbConnection db, ReviewedBlob blob, DateTimeOffset now)
    {
        if (blob.Outcome == ReviewOutcome.Leased)
        {
            db.Execute("UPDATE review SET review_after = @Until WHERE repository_id = @RepositoryId AND digest = @Digest", blob);
            return;
        }
        // A lease of a referenced blob still counts when the reference goes; a later change of references brings the blob back.
        if (blob.Outcome == ReviewOutcome.Remove)
            BlobRows.Unlink(db, blob.RepositoryId, Digest.Parse(blob.Digest), now);
        db.Execute("DELETE FROM review WHERE repository_id = @RepositoryId AND digest = @Digest", blob);
        db.Execute("DELETE FROM lease WHERE repository_id = @RepositoryId AND digest = @Digest AND expires_at <= @now", new { blob.RepositoryId, blob.Digest, now });
    }

    private sealed record Row
    {
        public Guid RepositoryId { get; init; }
        public string Repository { get; init; } = "";
        public string Digest { get; init; } = "";
        public long SizeBytes { get; init; }
        public long ReviewAfter { get; init; }
        public long? ExpiresAt { get; init; }
        public long Referenced { get; init; }

        public ReviewedBlob Decide(long now)
        {
            if (ReviewAfter > now)
                return Result(ReviewOutcome.Waiting, ReviewAfter);
            if (Referenced != 0)
                return Result(ReviewOutcome.Referenced, until: null);
            return ExpiresAt > now ? Result(ReviewOutcome.Leased, ExpiresAt) : Result(ReviewOutcome.Remove, until: null);
        }

        private ReviewedBlob Result(ReviewOutcome outcome, long? until) => new(
            RepositoryId, Repository, Digest, SizeBytes, outcome, until is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null);
    }
}
