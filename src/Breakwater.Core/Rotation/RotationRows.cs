using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Rotation;

/// <summary>The statements on <c>root_key_rotation</c>, and those that find what is under old root keys.</summary>
internal static class RotationRows
{
    private const string Columns = "registry_id, epoch, state, started_at, changed_at, total_items, total_bytes, done_items, done_bytes, unreadable, uploads";

    private const string OldObjects =
        "o.registry_id = @registryId AND (o.epoch < @epoch OR EXISTS (SELECT 1 FROM object_part p WHERE p.object_id = o.id AND p.epoch < @epoch))";

    private const string OldManifests = "manifest m JOIN repository r ON r.id = m.repository_id WHERE r.registry_id = @registryId AND m.epoch < @epoch";

    private const string OldDeletedManifests = "deleted_manifest d WHERE d.registry_id = @registryId AND d.epoch < @epoch";

    private const string OldRuns = "upload_run n JOIN upload u ON u.id = n.upload_id WHERE u.registry_id = @registryId AND n.epoch < @epoch";

    public static async Task<RootKeyRotation?> FindAsync(DbConnection db, Guid registryId) =>
        await db.QueryFirstOrDefaultAsync<RootKeyRotation>($"SELECT {Columns} FROM root_key_rotation WHERE registry_id = @registryId", new { registryId });

    public static async Task<IReadOnlyList<RootKeyRotation>> UnfinishedAsync(DbConnection db) =>
        (await db.QueryAsync<RootKeyRotation>($"SELECT {Columns} FROM root_key_rotation WHERE state <> @Done ORDER BY started_at", new { RotationState.Done })).AsList();

    public static bool IsUnderWay(DbConnection db, Guid registryId) => db.ExecuteScalar<long>(
        "SELECT EXISTS (SELECT 1 FROM root_key_rotation WHERE registry_id = @registryId AND state <> @Done)", new { registryId, RotationState.Done }) != 0;

    /// <summary>How much content is under root keys of epochs below <paramref name="epoch"/>.</summary>
    public static async Task<(long Items, long Bytes)> CountAsync(DbConnection db, Guid registryId, int epoch) => await db.QueryFirstAsync<(long, long)>(
        $"""
        SELECT COUNT(*), COALESCE(SUM(size_bytes), 0) FROM (
            SELECT o.size_bytes FROM object o WHERE {OldObjects}
            UNION ALL SELECT m.size_bytes FROM {OldManifests}
            UNION ALL SELECT d.size_bytes FROM {OldDeletedManifests})
        """,
        new { registryId, epoch });

    /// <summary>Whether anything is left, uploads too. One state of the database is looked at.</summary>
    public static async Task<bool> IsAnyLeftAsync(DbConnection db, Guid registryId, int epoch) => await db.ExecuteScalarAsync<long>(
        $"""
        SELECT EXISTS (SELECT 1 FROM object o WHERE {OldObjects}) OR EXISTS (SELECT 1 FROM {OldManifests})
            OR EXISTS (SELECT 1 FROM {OldDeletedManifests}) OR EXISTS (SELECT 1 FROM {OldRuns})
        """,
        new { registryId, epoch }) != 0;

    /// <summary>Blobs that are to be encrypted anew, by digest. Damaged ones are not among them.</summary>
    public static async Task<IReadOnlyList<OldObject>> ObjectsAsync(DbConnection db, Guid registryId, int epoch, string after, int limit) => (await db.QueryAsync<OldObject>(
        $"""
        SELECT o.id, o.digest, o.epoch, o.size_bytes FROM object o
        WHERE {OldObjects} AND o.digest > @after AND NOT EXISTS (SELECT 1 FROM damaged_object x WHERE x.object_id = o.id)
        ORDER BY o.digest LIMIT @limit
        """,
        new { registryId, epoch, after, limit })).AsList();

    public static async Task<int> CountDamagedAsync(DbConnection db, Guid registryId, int epoch) => await db.ExecuteScalarAsync<int>(
        $"SELECT COUNT(*) FROM object o WHERE {OldObjects} AND EXISTS (SELECT 1 FROM damaged_object x WHERE x.object_id = o.id)", new { registryId, epoch });

    /// <summary>Stored uploads with something to be encrypted anew.</summary>
    public static async Task<IReadOnlyList<Guid>> UploadsAsync(DbConnection db, Guid registryId, int epoch) =>
        (await db.QueryAsync<Guid>($"SELECT DISTINCT u.id FROM {OldRuns}", new { registryId, epoch })).AsList();

    public static void Begin(DbConnection db, Guid registryId, int epoch, (long Items, long Bytes) total, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO root_key_rotation (registry_id, epoch, state, started_at, changed_at, total_items, total_bytes) VALUES (@registryId, @epoch, @ReEncrypting, @now, @now, @Items, @Bytes)
            ON CONFLICT (registry_id) DO UPDATE SET epoch = excluded.epoch, state = excluded.state, started_at = excluded.started_at, changed_at = excluded.changed_at,
                total_items = excluded.total_items, total_bytes = excluded.total_bytes, done_items = 0, done_bytes = 0, unreadable = 0, uploads = 0
        """,
        new { registryId, epoch, RotationState.ReEncrypting, now, total.Items, total.Bytes });

    /// <summary>Counts what was encrypted anew, in the transaction that puts it in its place.</summary>
    public static void AddDone(DbConnection db, Guid registryId, int items, long bytes) => db.Execute(
        "UPDATE root_key_rotation SET done_items = done_items + @items, done_bytes = done_bytes + @bytes WHERE registry_id = @registryId", new { registryId, items, bytes });

    public static int SetLeft(DbConnection db, Guid registryId, int unreadable, int uploads) =>
        db.Execute("UPDATE root_key_rotation SET unreadable = @unreadable, uploads = @uploads WHERE registry_id = @registryId", new { registryId, unreadable, uploads });

    /// <returns>False when the rotation is not in the state before: its registry was erased, or somebody else has gone on.</returns>
    public static bool Advance(DbConnection db, RootKeyRotation rotation, RotationState next, DateTimeOffset now) => db.Execute(
        "UPDATE root_key_rotation SET state = @next, changed_at = @now WHERE registry_id = @RegistryId AND epoch = @Epoch AND state = @State",
        new { rotation.RegistryId, rotation.Epoch, rotation.State, next, now }) > 0;
}
