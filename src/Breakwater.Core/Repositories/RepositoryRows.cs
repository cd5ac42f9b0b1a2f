using System.Data.Common;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Repositories;

/// <summary>
/// The statements that change repositories, and the ones by which every other change asks for their locks. A cached repository may have been
/// locked or deleted since it was read: what a transaction relies on it reads itself.
/// </summary>
internal static class RepositoryRows
{
    /// <exception cref="OciException"><c>OperationDisallowed</c>, or <c>NameUnknown</c> when it was deleted meanwhile.</exception>
    public static void Refuse(DbConnection db, Repository repository, ItemLocks operation) =>
        Judge(db.ExecuteScalar<long?>($"SELECT {ItemLockColumns.Value} FROM repository WHERE id = @Id", new { repository.Id }), repository, operation);

    /// <summary>As <see cref="Refuse"/>, and notes the time of the change that follows.</summary>
    public static void RefuseOrTouch(DbConnection db, Repository repository, ItemLocks operation, DateTimeOffset now) => Judge(
        db.ExecuteScalar<long?>($"UPDATE repository SET updated_at = @now WHERE id = @Id RETURNING {ItemLockColumns.Value}", new { repository.Id, now }),
        repository, operation);

    /// <summary>Counts a push that was accepted.</summary>
    public static void CountPush(DbConnection db, Repository repository, DateTimeOffset now) => db.Execute(
        """
        UPDATE repository SET pushes = pushes + 1, last_pushed_at = @now WHERE id = @Id;
        UPDATE registry SET pushes = pushes + 1, last_pushed_at = @now WHERE id = @RegistryId;
        """,
        new { repository.Id, repository.RegistryId, now });

    /// <param name="count">Negative for tags that went.</param>
    public static void AddTags(DbConnection db, Guid repositoryId, int count) =>
        db.Execute("UPDATE repository SET tag_count = tag_count + @count WHERE id = @repositoryId", new { count, repositoryId });

    /// <returns>Null when there is none.</returns>
    public static async Task<Repository?> FindAsync(DbConnection db, Guid registryId, RepositoryName name)
    {
        var row = await db.QueryFirstOrDefaultAsync<Row>(
            $"SELECT id, {ItemLockColumns.Value} AS locks FROM repository WHERE registry_id = @registryId AND name = @name", new { registryId, name = name.Value });
        return row is null ? null : new Repository(row.Id, registryId, name, row.Locks);
    }

    /// <inheritdoc cref="FindAsync"/>
    public static Repository? Find(DbConnection db, Guid registryId, RepositoryName name)
    {
        var row = db.QueryFirstOrDefault<Row>(
            $"SELECT id, {ItemLockColumns.Value} AS locks FROM repository WHERE registry_id = @registryId AND name = @name", new { registryId, name = name.Value });
        return row is null ? null : new Repository(row.Id, registryId, name, row.Locks);
    }

    /// <summary>Makes a repository unless there is one. If one of its name was deleted and can be restored, the new one has its attributes, and is another all the same.</summary>
    public static Repository FindOrCreate(DbConnection db, Guid registryId, RepositoryName name, DateTimeOffset now)
    {
        if (Find(db, registryId, name) is { } found)
            return found;
        db.Execute(
            """
            INSERT INTO repository (id, registry_id, name, created_at, updated_at, write_enabled, delete_enabled, read_enabled, list_enabled)
                SELECT @id, @registryId, @name, COALESCE(d.created_at, @now), @now,
                    COALESCE(d.write_enabled, 1), COALESCE(d.delete_enabled, 1), COALESCE(d.read_enabled, 1), COALESCE(d.list_enabled, 1)
                FROM (SELECT 1) LEFT JOIN deleted_repository d ON d.registry_id = @registryId AND d.name = @name;
            DELETE FROM deleted_repository WHERE registry_id = @registryId AND name = @name;
            """,
            new { id = Guid.NewGuid(), registryId, name = name.Value, now });
        return Find(db, registryId, name)!;
    }

    public static bool Exists(DbConnection db, Guid id) => db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM repository WHERE id = @id)", new { id }) != 0;

    public static OciException Unknown(RepositoryName name) => new(OciErrors.NameUnknown, detail: new Dictionary<string, string> { ["name"] = name.Value });

    private static void Judge(long? locks, Repository repository, ItemLocks operation) =>
        Locked.Refuse((ItemLocks)(locks ?? throw Unknown(repository.Name)), operation, "repository", repository.Name.Value);

    private sealed record Row
    {
        public Guid Id { get; init; }
        public ItemLocks Locks { get; init; }
    }
}
