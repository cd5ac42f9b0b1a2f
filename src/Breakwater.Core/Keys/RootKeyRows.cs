using System.Data.Common;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Keys;

/// <summary>The statements on <c>root_key</c>.</summary>
internal static class RootKeyRows
{
    private const string Columns = "epoch, provider, key_uri, key_version, wrapped, check_value, row_check";

    public static int Insert(DbConnection db, Guid ownerId, RootKeyRow row, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO root_key (owner_id, epoch, provider, key_uri, key_version, wrapped, check_value, row_check, created_at)
        VALUES (@ownerId, @Epoch, @Provider, @Key, @KeyVersion, @Bytes, @CheckValue, @rowCheck, @now)
        """,
        new { ownerId, row.Epoch, row.Provider, row.Wrapped.Key, row.Wrapped.KeyVersion, row.Wrapped.Bytes, row.CheckValue, rowCheck = row.ComputeRowCheck(), now });

    /// <param name="epoch">Null: the newest.</param>
    public static async Task<RootKeyRow?> FindAsync(DbConnection db, Guid ownerId, int? epoch) => (await db.QueryFirstOrDefaultAsync<Flat>(
        $"SELECT {Columns} FROM root_key WHERE owner_id = @ownerId AND (@epoch IS NULL OR epoch = @epoch) ORDER BY epoch DESC LIMIT 1", new { ownerId, epoch }))?.ToRow();

    public static IReadOnlyList<RootKeyRow> ReadAll(DbConnection db, Guid ownerId) =>
        [.. db.Query<Flat>($"SELECT {Columns} FROM root_key WHERE owner_id = @ownerId ORDER BY epoch", new { ownerId }).Select(row => row.ToRow())];

    /// <summary>For the transaction that stores content: once a key is closed, nothing that was sealed with it is stored any more.</summary>
    /// <exception cref="OciException"><c>Unavailable</c>: the key was replaced since the content was sealed.</exception>
    public static void DemandOpen(DbConnection db, Guid ownerId, int epoch)
    {
        if (db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM root_key WHERE owner_id = @ownerId AND epoch = @epoch AND closed = 0)", new { ownerId, epoch }) == 0)
            throw new OciException(OciErrors.Unavailable, "The registry's root key was replaced while this was being stored. Send it again.");
    }

    /// <summary>Closes the keys of all epochs below <paramref name="epoch"/>.</summary>
    public static int CloseOlder(DbConnection db, Guid ownerId, int epoch) =>
        db.Execute("UPDATE root_key SET closed = 1 WHERE owner_id = @ownerId AND epoch < @epoch", new { ownerId, epoch });

    /// <summary>Deletes the keys of all epochs below <paramref name="epoch"/>.</summary>
    public static int DeleteOlder(DbConnection db, Guid ownerId, int epoch) =>
        db.Execute("DELETE FROM root_key WHERE owner_id = @ownerId AND epoch < @epoch", new { ownerId, epoch });

    /// <summary>Puts another wrapping in the place of the one that an epoch has.</summary>
    public static int Replace(DbConnection db, Guid ownerId, RootKeyRow after) => db.Execute(
        "UPDATE root_key SET provider = @Provider, key_uri = @Key, key_version = @KeyVersion, wrapped = @Bytes, row_check = @rowCheck WHERE owner_id = @ownerId AND epoch = @Epoch",
        new { ownerId, after.Epoch, after.Provider, after.Wrapped.Key, after.Wrapped.KeyVersion, after.Wrapped.Bytes, rowCheck = after.ComputeRowCheck() });

    public static int Delete(DbConnection db, Guid ownerId) => db.Execute("DELETE FROM root_key WHERE owner_id = @ownerId", new { ownerId });

    /// <summary>The keys of key stores by which root keys of registries that are there are wrapped, each with those registries and one row of each.</summary>
    public static IReadOnlyList<KeyUse> ReadUses(DbConnection db) =>
        [.. db.Query<Use>(
            $"SELECT k.owner_id, {Columns} FROM root_key k JOIN registry r ON r.id = k.owner_id AND r.deleted_at IS NULL WHERE provider <> 'file'")
            .GroupBy(row => (row.Provider, row.KeyUri, row.KeyVersion))
            .Select(group => new KeyUse([.. group.Select(row => (row.OwnerId, row.ToRow()))]))];

    private record Flat
    {
        public int Epoch { get; init; }
        public string Provider { get; init; } = "";
        public string KeyUri { get; init; } = "";
        public string KeyVersion { get; init; } = "";
        public byte[] Wrapped { get; init; } = [];
        public byte[] CheckValue { get; init; } = [];
        public byte[]? RowCheck { get; init; }

        public RootKeyRow ToRow() => new(Epoch, Provider, new WrappedKey(KeyUri, KeyVersion, Wrapped), CheckValue, RowCheck);
    }

    private sealed record Use : Flat
    {
        public Guid OwnerId { get; init; }
    }
}
