using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data.Common;
using System.Security.Cryptography;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Keys;

/// <summary>
/// The root keys: one per owner and epoch, wrapped by a key store in the database, unwrapped here in memory. Rotation of the key-encryption key
/// wraps these few rows anew and rewrites no content. An owner whose key store said no is blocked: its keys are zeroed, and nothing brings them back
/// until the store says yes.
/// </summary>
public sealed class KeyRing(IMetadataDatabase database, KeyProviders providers, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Guid Owner, int Epoch), RootKey> _keys = new();
    private readonly ConcurrentDictionary<Guid, RootKey> _current = new();
    private readonly ConcurrentDictionary<(Guid Owner, int? Epoch), Lazy<Task<RootKey>>> _loading = new();

    // Owners whose keys were destroyed: a load that began before must not bring them back.
    private readonly ConcurrentDictionary<Guid, bool> _forgotten = new();

    // Owners whose root key was replaced: a load that began before must not make an old key current, or bring back one that was destroyed.
    private readonly ConcurrentDictionary<Guid, (int Newest, int Oldest)> _epochs = new();

    private readonly Lock _blocking = new();

    // Asked by every request and nearly always empty; swapped whole.
    private volatile FrozenDictionary<Guid, KeyUnavailableException> _blocked = FrozenDictionary<Guid, KeyUnavailableException>.Empty;

    public KeyRing(IMetadataDatabase database, KeyFileProvider service, TimeProvider clock)
        : this(database, new KeyProviders(service, [], clock), clock)
    {
    }

    internal KeyProviders Providers => providers;

    /// <summary>The owners whose keys may not be used now, and why.</summary>
    public IReadOnlyDictionary<Guid, KeyUnavailableException> Blocked => _blocked;

    /// <summary>Why the keys of an owner may not be used; null while they may. Costs nothing when nobody is blocked.</summary>
    public KeyUnavailableException? ProblemOf(Guid ownerId) => _blocked.GetValueOrDefault(ownerId);

    /// <exception cref="KeyUnavailableException">The owner is blocked.</exception>
    public void Demand(Guid ownerId)
    {
        if (ProblemOf(ownerId) is { } problem)
            throw new KeyUnavailableException(problem.Message, problem, problem.Failure);
    }

    /// <summary>The key for new content of <paramref name="ownerId"/>.</summary>
    /// <exception cref="KeyUnavailableException">No key exists, or its key store does not unwrap it.</exception>
    public ValueTask<RootKey> CurrentAsync(Guid ownerId, CancellationToken cancellationToken) =>
        _current.TryGetValue(ownerId, out var key) ? new(key) : new(LoadOnceAsync(ownerId, epoch: null, cancellationToken));

    /// <summary>The key of the epoch that an object's row names.</summary>
    public ValueTask<RootKey> GetAsync(Guid ownerId, int epoch, CancellationToken cancellationToken) =>
        _keys.TryGetValue((ownerId, epoch), out var key) ? new(key) : new(LoadOnceAsync(ownerId, epoch, cancellationToken));

    /// <summary>Makes and stores the first key of a new owner, under the service's key.</summary>
    public async Task CreateAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        var store = await PrepareAsync(ownerId, KeyTarget.Service(providers), epoch: 1, cancellationToken);
        await database.WriteAsync(store);
    }

    /// <summary>Makes a new root key, to be stored by the transaction that stores what needs it.</summary>
    internal async Task<Func<DbConnection, int>> PrepareAsync(Guid ownerId, KeyTarget target, int epoch, CancellationToken cancellationToken)
    {
        var bytes = GC.AllocateArray<byte>(RootKey.Size, pinned: true);
        RandomNumberGenerator.Fill(bytes);
        try
        {
            var wrapped = await KeyMoves.WrapAsync(target, ownerId, epoch, bytes, cancellationToken);
            var row = new RootKeyRow(epoch, target.Provider.Name, wrapped, new RootKey(ownerId, epoch, bytes).CheckValue());
            return db => RootKeyRows.Insert(db, ownerId, row, clock.GetUtcNow());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Removes the wrapped keys of <paramref name="ownerId"/>: what was encrypted under them can never be read again, once <see cref="Forget"/> has followed.</summary>
    internal static int Destroy(DbConnection db, Guid ownerId) => RootKeyRows.Delete(db, ownerId);

    /// <summary>Zeroes the keys in memory, for good. Readers and writers under way end at their next segment; nobody begins any more.</summary>
    internal void Forget(Guid ownerId)
    {
        _forgotten[ownerId] = true;
        Zero(ownerId, new KeyUnavailableException($"The root keys of {ownerId:N} were destroyed."));
    }

    /// <summary>From now on new content is encrypted under the key of <paramref name="epoch"/>, which is stored, or a newer one. The older ones still open what they sealed.</summary>
    internal void Advance(Guid ownerId, int epoch)
    {
        lock (_blocking)
        {
            var now = _epochs.GetValueOrDefault(ownerId);
            _epochs[ownerId] = (Math.Max(epoch, now.Newest), now.Oldest);
            if (_current.TryGetValue(ownerId, out var current) && current.Epoch < epoch)
                _current.TryRemove(ownerId, out _);
        }
    }

    /// <summary>Whether readers or writers use keys of epochs below <paramref name="epoch"/>.</summary>
    internal bool AreInUse(Guid ownerId, int epoch) => _keys.Any(entry => entry.Key.Owner == ownerId && entry.Key.Epoch < epoch && entry.Value.IsInUse);

    /// <summary>Zeroes the keys of epochs below <paramref name="epoch"/>, for good; they are deleted.</summary>
    internal void Retire(Guid ownerId, int epoch)
    {
        lock (_blocking)
            _epochs[ownerId] = (Math.Max(epoch, _epochs.GetValueOrDefault(ownerId).Newest), epoch);
        Zero(ownerId, epoch, Replaced(ownerId));
    }

    /// <summary>Zeroes the keys in memory, and refuses them until <see cref="Unblock"/>. Readers and writers under way end at their next segment.</summary>
    internal void Block(Guid ownerId, KeyUnavailableException problem)
    {
        lock (_blocking)
            _blocked = _blocked.Where(entry => entry.Key != ownerId).Append(new(ownerId, problem)).ToFrozenDictionary();
        Zero(ownerId, problem);
    }

    internal void Unblock(Guid ownerId)
    {
        lock (_blocking)
            _blocked = _blocked.Where(entry => entry.Key != ownerId).ToFrozenDictionary();
    }

    /// <summary>Whether the owner's current key is in memory.</summary>
    internal bool Holds(Guid ownerId) => _current.ContainsKey(ownerId);

    /// <summary>Zeroes the keys in memory of an owner that is not served for now; who needs one later asks its store again.</summary>
    internal void Drop(Guid ownerId) => Zero(ownerId, new KeyUnavailableException($"{ownerId:N} is not served any more."));

    private static KeyUnavailableException Replaced(Guid ownerId) => new($"The root key of {ownerId:N} was replaced, and the old one destroyed.");

    private void Zero(Guid ownerId, KeyUnavailableException reason)
    {
        _current.TryRemove(ownerId, out _);
        Zero(ownerId, int.MaxValue, reason);
    }

    private void Zero(Guid ownerId, int below, KeyUnavailableException reason)
    {
        foreach (var (key, root) in _keys.Where(entry => entry.Key.Owner == ownerId && entry.Key.Epoch < below).ToList())
        {
            _keys.TryRemove(key, out _);
            root.Zero(reason);
        }
    }

    // Those who wait for one key share one question to its store.
    private async Task<RootKey> LoadOnceAsync(Guid ownerId, int? epoch, CancellationToken cancellationToken)
    {
        var load = _loading.GetOrAdd((ownerId, epoch), key => new Lazy<Task<RootKey>>(() => Task.Run(() => LoadAndForgetAsync(key.Owner, key.Epoch))));
        return await load.Value.WaitAsync(cancellationToken);
    }

    private async Task<RootKey> LoadAndForgetAsync(Guid ownerId, int? epoch)
    {
        try
        {
            return await LoadAsync(ownerId, epoch);
        }
        finally
        {
            // By itself, not by who waits: all of them may have gone away.
            _loading.TryRemove((ownerId, epoch), out _);
        }
    }

    private async Task<RootKey> LoadAsync(Guid ownerId, int? epoch)
    {
        Demand(ownerId);
        var row = await database.ReadAsync(db => RootKeyRows.FindAsync(db, ownerId, epoch))
            ?? throw new KeyUnavailableException($"The database holds no root key of {ownerId:N}, epoch {epoch?.ToString() ?? "any"}.");
        var loaded = await TryUnwrapAsync(ownerId, row);
        // One copy of each key, so that forgetting it zeroes all there is.
        var key = _keys.GetOrAdd((ownerId, loaded.Epoch), loaded);
        if (!ReferenceEquals(key, loaded))
            loaded.Zero();
        if (epoch is null && !TryMakeCurrent(key))
            return await LoadAsync(ownerId, epoch);
        if (key.Epoch < _epochs.GetValueOrDefault(ownerId).Oldest)
        {
            Zero(ownerId, key.Epoch + 1, Replaced(ownerId));
            throw Replaced(ownerId);
        }
        if (!_forgotten.ContainsKey(ownerId) && ProblemOf(ownerId) is null)
            return key;
        var gone = ProblemOf(ownerId) ?? new KeyUnavailableException($"The root keys of {ownerId:N} were destroyed.");
        Zero(ownerId, gone);
        throw new KeyUnavailableException(gone.Message, gone, gone.Failure);
    }

    /// <returns>False when a newer key came meanwhile.</returns>
    private bool TryMakeCurrent(RootKey key)
    {
        lock (_blocking)
        {
            if (key.Epoch < _epochs.GetValueOrDefault(key.OwnerId).Newest)
                return false;
            _current[key.OwnerId] = key;
            return true;
        }
    }

    private async Task<RootKey> TryUnwrapAsync(Guid ownerId, RootKeyRow row)
    {
        try
        {
            return await KeyMoves.UnwrapAsync(providers, ownerId, row, CancellationToken.None);
        }
        catch (KeyUnavailableException e) when (e.Failure == KeyFailure.Refused || (e.Failure == KeyFailure.Unreachable && !Holds(ownerId)))
        {
            // So that not every request asks again; who keeps watch finds out when the answer changes.
            Block(ownerId, e);
            throw;
        }
    }
}
