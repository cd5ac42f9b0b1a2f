using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Keys;

/// <summary>
/// The root keys: one per owner and epoch, wrapped by the key provider in the database, unwrapped here in memory.
/// Rotation of the key-encryption key wraps these few rows anew and rewrites no content.
/// </summary>
public sealed class KeyRing(IMetadataDatabase database, IKeyProvider provider, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Guid Owner, int Epoch), RootKey> _keys = new();
    private readonly ConcurrentDictionary<Guid, RootKey> _current = new();

    // Owners whose keys were destroyed: a load that began before must not bring them back.
    private readonly ConcurrentDictionary<Guid, bool> _forgotten = new();

    /// <summary>The key for new content of <paramref name="ownerId"/>.</summary>
    /// <exception cref="KeyUnavailableException">No key exists, or the provider does not unwrap it.</exception>
    public async ValueTask<RootKey> CurrentAsync(Guid ownerId, CancellationToken cancellationToken) =>
        _current.TryGetValue(ownerId, out var key) ? key : await LoadAsync(ownerId, epoch: null, cancellationToken);

    /// <summary>The key of the epoch that an object's row names.</summary>
    public async ValueTask<RootKey> GetAsync(Guid ownerId, int epoch, CancellationToken cancellationToken) =>
        _keys.TryGetValue((ownerId, epoch), out var key) ? key : await LoadAsync(ownerId, epoch, cancellationToken);

    /// <summary>Makes and stores the first key of a new owner.</summary>
    public async Task CreateAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        var store = await PrepareAsync(ownerId, cancellationToken);
        await database.WriteAsync(store);
    }

    /// <summary>Makes the first key of a new owner, to be stored by the transaction that stores the owner.</summary>
    internal async Task<Func<DbConnection, int>> PrepareAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        const int epoch = 1;
        var bytes = GC.AllocateArray<byte>(RootKey.Size, pinned: true);
        RandomNumberGenerator.Fill(bytes);
        try
        {
            var wrapped = await provider.WrapAsync(bytes, RootKey.Context(ownerId, epoch), cancellationToken);
            var check = new RootKey(ownerId, epoch, bytes).CheckValue();
            return db => Insert(db, ownerId, epoch, wrapped, check);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Removes the wrapped keys of <paramref name="ownerId"/>: what was encrypted under them can never be read again, once <see cref="Forget"/> has followed.</summary>
    internal static int Destroy(DbConnection db, Guid ownerId) => db.Execute("DELETE FROM root_key WHERE owner_id = @ownerId", new { ownerId });

    /// <summary>Zeroes the keys in memory. Readers and writers under way end with the keys that they derived when they began; nobody begins any more.</summary>
    internal void Forget(Guid ownerId)
    {
        _forgotten[ownerId] = true;
        _current.TryRemove(ownerId, out _);
        foreach (var (key, root) in _keys.Where(entry => entry.Key.Owner == ownerId).ToList())
        {
            _keys.TryRemove(key, out _);
            root.Zero();
        }
    }

    private int Insert(DbConnection db, Guid ownerId, int epoch, WrappedKey wrapped, byte[] check) => db.Execute(
        """
        INSERT INTO root_key (owner_id, epoch, provider, key_version, wrapped, check_value, created_at)
        VALUES (@ownerId, @epoch, @Name, @KeyVersion, @Bytes, @check, @now)
        """,
        new { ownerId, epoch, provider.Name, wrapped.KeyVersion, wrapped.Bytes, check, now = clock.GetUtcNow() });

    private async Task<RootKey> LoadAsync(Guid ownerId, int? epoch, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<RootKeyRow>(
            """
            SELECT epoch, provider, key_version, wrapped, check_value FROM root_key
            WHERE owner_id = @ownerId AND (@epoch IS NULL OR epoch = @epoch) ORDER BY epoch DESC LIMIT 1
            """,
            new { ownerId, epoch }))
            ?? throw new KeyUnavailableException($"The database holds no root key of {ownerId:N}, epoch {epoch?.ToString() ?? "any"}.");
        var loaded = await UnwrapAsync(ownerId, row, cancellationToken);
        // One copy of each key, so that forgetting it zeroes all there is.
        var key = _keys.GetOrAdd((ownerId, loaded.Epoch), loaded);
        if (!ReferenceEquals(key, loaded))
            loaded.Zero();
        if (epoch is null)
            _current[ownerId] = key;
        if (!_forgotten.ContainsKey(ownerId))
            return key;
        Forget(ownerId);
        throw new KeyUnavailableException($"The root keys of {ownerId:N} were destroyed.");
    }

    private async Task<RootKey> UnwrapAsync(Guid ownerId, RootKeyRow row, CancellationToken cancellationToken)
    {
        if (row.Provider != provider.Name)
            throw new KeyUnavailableException($"A root key was wrapped by provider '{row.Provider}', but '{provider.Name}' is configured.");
        var bytes = await provider.UnwrapAsync(new WrappedKey(row.KeyVersion, row.Wrapped), RootKey.Context(ownerId, row.Epoch), cancellationToken);
        var key = new RootKey(ownerId, row.Epoch, bytes);
        if (!CryptographicOperations.FixedTimeEquals(key.CheckValue(), row.CheckValue))
            throw new KeyUnavailableException("A root key was unwrapped to another value than was wrapped.");
        return key;
    }

    private sealed record RootKeyRow
    {
        public required int Epoch { get; init; }
        public required string Provider { get; init; }
        public required string KeyVersion { get; init; }
        public required byte[] Wrapped { get; init; }
        public required byte[] CheckValue { get; init; }
    }
}
