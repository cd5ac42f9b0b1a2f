using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>The connections of all registries in memory: requests ask. Before <see cref="LoadAsync"/> there is none.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
public sealed class PrivateConnections(IMetadataDatabase database, RegistryDirectory registries, TimeProvider clock)
#pragma warning restore CA1001
{
    private readonly ConcurrentDictionary<Guid, OfRegistry> _all = new();
    private readonly SemaphoreSlim _changing = new(1, 1);

    public async Task LoadAsync()
    {
        foreach (var group in (await database.ReadAsync(db => Task.FromResult(ConnectionRow.ReadAll(db)))).GroupBy(connection => connection.RegistryId))
            _all[group.Key] = new OfRegistry([.. group]);
    }

    /// <summary>By name.</summary>
    public ImmutableArray<PrivateConnection> Of(Guid registryId) => _all.TryGetValue(registryId, out var found) ? found.All : [];

    /// <summary>Whether a request that came in by <paramref name="listener"/> belongs to an approved connection of the registry.</summary>
    public bool Admit(Guid registryId, string listener, IPAddress? address, X509Certificate2? certificate)
    {
        if (!_all.TryGetValue(registryId, out var found))
            return false;
        foreach (var door in found.Doors)
        {
            if (door.Admits(listener, address, certificate, clock.GetUtcNow()))
                return true;
        }
        return false;
    }

    /// <summary>One change after the other: what is changed was read before.</summary>
    internal async Task<T> InTurnAsync<T>(Func<Task<T>> change)
    {
        await _changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>The registry is gone for good, and with its row those of its connections.</summary>
    internal Task ForgetAsync(Guid registryId) => InTurnAsync(async () =>
    {
        await RefreshAsync(registryId);
        return true;
    });

    /// <summary>Reads those of a registry anew: after the commit, before the answer, one change after the other.</summary>
    internal async Task RefreshAsync(Guid registryId)
    {
        ImmutableArray<PrivateConnection> found = [.. await database.ReadAsync(db => Task.FromResult(ConnectionRow.ReadAll(db, registryId)))];
        // An endpoint may be deleted after its registry: nothing is to be kept of that.
        if (found.IsEmpty)
            _all.TryRemove(registryId, out _);
        else
            _all[registryId] = new OfRegistry(found);
        registries.Touch();
    }

    private sealed class OfRegistry(ImmutableArray<PrivateConnection> all)
    {
        public ImmutableArray<PrivateConnection> All { get; } = all;

        public ImmutableArray<PrivateDoor> Doors { get; } = [.. all.Where(connection => connection.Status == ConnectionStatus.Approved).Select(connection => new PrivateDoor(connection.Terms))];
    }
}
