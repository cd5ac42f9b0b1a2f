using System.Data.Common;
using Breakwater.Core.Keys;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>Upload sessions in the database, so that they outlive the process.</summary>
internal static class UploadRows
{
    /// <returns>False when its repository is gone, and the session with it.</returns>
    public static bool Save(DbConnection db, UploadSession session)
    {
        if (!RepositoryRows.Exists(db, session.RepositoryId))
            return false;
        db.Execute(
            """
            INSERT INTO upload (id, registry_id, repository_id, principal_id, algorithm, created_at)
            VALUES (@Id, @RegistryId, @RepositoryId, @PrincipalId, @Algorithm, @CreatedAt) ON CONFLICT DO NOTHING
            """,
            new { session.Id, session.RegistryId, session.RepositoryId, session.PrincipalId, Algorithm = (int)session.Algorithm, session.CreatedAt });
        return true;
    }

    /// <param name="sizeBytes">Null while the run is being written.</param>
    /// <exception cref="OciException"><c>Unavailable</c>: the root key was replaced since the run was begun.</exception>
    public static void SaveRun(DbConnection db, UploadSession session, int sequence, Guid objectId, int epoch, long? sizeBytes)
    {
        RootKeyRows.DemandOpen(db, session.RegistryId, epoch);
        db.Execute(
            """
            INSERT INTO upload_run (upload_id, sequence, object_id, epoch, size_bytes) VALUES (@Id, @sequence, @objectId, @epoch, @sizeBytes)
                ON CONFLICT (upload_id, sequence) DO UPDATE SET object_id = excluded.object_id, epoch = excluded.epoch, size_bytes = excluded.size_bytes
            """,
            new { session.Id, sequence, objectId, epoch, sizeBytes });
    }

    /// <summary>Puts runs in the place of all that there are.</summary>
    public static void ReplaceRuns(DbConnection db, UploadSession session, IReadOnlyList<UploadRun> runs, DateTimeOffset now)
    {
        DiscardRuns(db, session.Id, runs, now);
        foreach (var run in runs)
            SaveRun(db, session, run.Sequence, run.ObjectId, run.Epoch, run.SizeBytes);
    }

    /// <summary>Removes the rows of all runs.</summary>
    /// <param name="kept">Those whose files stay.</param>
    public static void DiscardRuns(DbConnection db, Guid uploadId, IReadOnlyList<UploadRun> kept, DateTimeOffset now)
    {
        foreach (var old in db.Query<Guid>("SELECT object_id FROM upload_run WHERE upload_id = @uploadId", new { uploadId }).Except(kept.Select(run => run.ObjectId)).ToList())
            BlobRows.Discard(db, old, now);
        db.Execute("DELETE FROM upload_run WHERE upload_id = @uploadId", new { uploadId });
    }

    /// <summary>Whether a session that was stored expired or ended meanwhile, and has given its files away.</summary>
    public static bool HasEnded(DbConnection db, UploadSession session) =>
        session.IsStored && session.Recorded is { IsCompletedSuccessfully: true } && !Exists(db, session.Id);

    public static bool Exists(DbConnection db, Guid uploadId) =>
        db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM upload WHERE id = @uploadId)", new { uploadId }) != 0;

    public static void Delete(DbConnection db, Guid uploadId) => db.Execute("DELETE FROM upload WHERE id = @uploadId", new { uploadId });

    public static async Task<UploadSession?> FindAsync(DbConnection db, Guid id)
    {
        var row = await db.QueryFirstOrDefaultAsync<UploadRow>(
            "SELECT id, registry_id, repository_id, principal_id, algorithm, created_at FROM upload WHERE id = @id", new { id });
        return row is null ? null : new UploadSession
        {
            Id = row.Id,
            RegistryId = row.RegistryId,
            RepositoryId = row.RepositoryId,
            PrincipalId = row.PrincipalId,
            CreatedAt = row.CreatedAt,
            LastUsed = row.CreatedAt,
            Algorithm = (DigestAlgorithm)row.Algorithm,
            IsStored = true,
            Recorded = Task.CompletedTask,
        };
    }

    public static async Task<IReadOnlyList<UploadRunRow>> RunsAsync(DbConnection db, Guid uploadId) =>
        (await db.QueryAsync<UploadRunRow>(
            "SELECT sequence, object_id, epoch, size_bytes FROM upload_run WHERE upload_id = @uploadId ORDER BY sequence", new { uploadId })).AsList();

    private sealed record UploadRow
    {
        public Guid Id { get; init; }
        public Guid RegistryId { get; init; }
        public Guid RepositoryId { get; init; }
        public Guid PrincipalId { get; init; }
        public int Algorithm { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }
}
