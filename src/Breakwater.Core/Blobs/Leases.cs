using System.Collections.Concurrent;
using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>
/// A blob that was just pushed, mounted or found by a pusher stays for a while although nothing refers to it: the manifest that will is
/// still to come.
/// </summary>
public sealed class Leases(IMetadataDatabase database, TimeProvider clock, CleanUpOptions options)
{
    private readonly ConcurrentDictionary<(Guid Repository, string Digest), DateTimeOffset> _touched = new();

    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Writes the lease, and asks for a review at its end, in the caller's transaction.</summary>
    internal void Grant(DbConnection db, Guid repositoryId, Digest digest)
    {
        var until = Now + options.Lease;
        db.Execute(
            """
            INSERT INTO lease (repository_id, digest, expires_at) VALUES (@repositoryId, @digest, @until)
                ON CONFLICT (repository_id, digest) DO UPDATE SET expires_at = excluded.expires_at WHERE excluded.expires_at > lease.expires_at;
            INSERT INTO review (repository_id, digest, review_after) VALUES (@repositoryId, @digest, @until)
                ON CONFLICT (repository_id, digest) DO UPDATE SET review_after = excluded.review_after WHERE excluded.review_after > review.review_after;
            """,
            new { repositoryId, digest, until });
    }

    /// <summary>Renews the lease of a blob that a pusher found, unless it was renewed a short while ago.</summary>
    /// <returns>False when the blob is gone meanwhile.</returns>
    internal async ValueTask<bool> TouchAsync(Guid repositoryId, Digest digest)
    {
        var now = Now;
        var key = (repositoryId, digest.Value);
        if (_touched.TryGetValue(key, out var last) && now - last < options.LeaseRenewal)
            return true;
        var present = await database.WriteAsync(db => TouchRow(db, repositoryId, digest));
        if (present)
            Remember(key, now);
        return present;
    }

    private bool TouchRow(DbConnection db, Guid repositoryId, Digest digest)
    {
        if (!BlobRows.IsLinked(db, repositoryId, digest))
            return false;
        Grant(db, repositoryId, digest);
        return true;
    }

    private void Remember((Guid, string) key, DateTimeOffset now)
    {
        // Forgetting costs one write too many, never a lease too few.
        if (_touched.Count > 100_000)
            _touched.Clear();
        _touched[key] = now;
    }
}
