using System.Data.Common;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>The transactions that make a blob visible. The file is durable before; the answer comes after.</summary>
internal static class BlobPublication
{
    // Enough to find one that the caller may read; a digest in more repositories than that is a common base layer.
    private const int MaxSources = 32;

    public static bool Publish(DbConnection db, UploadSession session, Digest digest, UploadRun content, Leases leases)
    {
        var now = leases.Now;
        DemandUsable(db, session, content);
        var item = BlobRows.Find(db, session.RegistryId, digest);
        if (item is null)
        {
            item = new ObjectRow { Id = content.ObjectId, Epoch = content.Epoch, SizeBytes = content.SizeBytes };
            BlobRows.Add(db, session.RegistryId, digest, item, now);
        }
        BlobRows.Link(db, session.RepositoryId, digest, item, now);
        leases.Grant(db, session.RepositoryId, digest);
        DiscardAllBut(db, session, content, item.Id, now);
        if (session.IsStored)
            UploadRows.Delete(db, session.Id);
        return true;
    }

    public static bool Mount(DbConnection db, Repository from, Repository to, Digest digest, Leases leases)
    {
        if (!BlobRows.IsLinked(db, from.Id, digest) || BlobRows.Find(db, to.RegistryId, digest) is not { } item)
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

    // A stored session that expired or ended meanwhile has given its files away.
    private static void DemandUsable(DbConnection db, UploadSession session, UploadRun content)
    {
        var ended = session.IsStored && session.Recorded is { IsCompletedSuccessfully: true } && !UploadRows.Exists(db, session.Id);
        if (ended || BlobRows.IsDiscarded(db, content.ObjectId))
            throw new OciException(OciErrors.BlobUploadUnknown);
    }

    private static void DiscardAllBut(DbConnection db, UploadSession session, UploadRun content, Guid kept, DateTimeOffset now)
    {
        foreach (var run in session.Runs)
        {
            if (run.ObjectId != kept)
                BlobRows.Discard(db, run.ObjectId, now);
        }
        // A joined object that came too late: the digest has an object already.
        if (content.ObjectId != kept && !session.Runs.Contains(content))
            BlobRows.Discard(db, content.ObjectId, now);
    }
}
