using System.Data.Common;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>The transactions that make a blob visible. The file is durable before; the answer comes after.</summary>
internal static class BlobPublication
{
    // Enough to find one that the caller may read; a digest in more repositories than that is a common base layer.
    private const int MaxSources = 32;

    /// <param name="content">The runs that are the content, in order.</param>
    /// <returns>The cache keys that have changed.</returns>
    /// <exception cref="OciException"><c>OperationDisallowed</c>: the repository is locked; <c>Denied</c>: the registry is full; the session stays as it is.</exception>
    public static IReadOnlyList<BlobKey> Publish(DbConnection db, Registry registry, UploadLease lease, Digest digest, IReadOnlyList<UploadRun> content, Leases leases)
    {
        var (session, now) = (lease.Session, leases.Now);
        RepositoryRows.Refuse(db, lease.Repository, ItemLocks.Write);
        DemandUsable(db, session, content);
        var present = BlobRows.Find(db, session.RegistryId, digest);
        var item = present switch
        {
            null => BlobRows.Add(db, session.RegistryId, digest, content, now),
            { IsDamaged: true } => BlobRows.Replace(db, session.RegistryId, digest, present, content, now),
            _ => present,
        };
        if (!ReferenceEquals(item, present))
            StorageQuota.Require(db, registry);
        BlobRows.Link(db, session.RepositoryId, digest, item, now);
        leases.Grant(db, session.RepositoryId, digest);
        foreach (var run in ReferenceEquals(item, present) ? session.Runs.Union(content) : session.Runs.Except(content))
            BlobRows.Discard(db, run.ObjectId, now);
        if (session.IsStored)
            UploadRows.Delete(db, session.Id);
        return present is { IsDamaged: true } ? BlobRows.LinksOf(db, item.Id) : [new BlobKey(session.RepositoryId, digest.Value)];
    }

    public static bool Mount(DbConnection db, Repository from, Repository to, Digest digest, Leases leases)
    {
        RepositoryRows.Refuse(db, to, ItemLocks.Write);
        if (!BlobRows.IsLinked(db, from.Id, digest) || BlobRows.Find(db, to.RegistryId, digest) is not { IsDamaged: false } item)
            return false;
        BlobRows.Link(db, to.Id, digest, item, leases.Now);
        leases.Grant(db, to.Id, digest);
        return true;
    }

    public static bool Discard(DbConnection db, UploadSession session, DateTimeOffset now)
    {
        foreach (var run in session.Runs)
            BlobRows.Discard(db, run.ObjectId, now);
        UploadRows.Delete(db, session.Id);
        return true;
    }

    public static async Task<IReadOnlyList<RepositoryName>> FindSourcesAsync(DbConnection db, Guid registryId, Digest digest)
    {
        var names = await db.QueryAsync<string>(
            """
            SELECT r.name FROM object o JOIN blob_link l ON l.object_id = o.id JOIN repository r ON r.id = l.repository_id
            WHERE o.registry_id = @registryId AND o.digest = @digest LIMIT @MaxSources
            """,
            new { registryId, digest, MaxSources });
        return [.. names.Select(RepositoryName.Parse)];
    }

    private static void DemandUsable(DbConnection db, UploadSession session, IReadOnlyList<UploadRun> content)
    {
        if (UploadRows.HasEnded(db, session) || content.Any(run => BlobRows.IsDiscarded(db, run.ObjectId)))
            throw new OciException(OciErrors.BlobUploadUnknown);
    }
}
