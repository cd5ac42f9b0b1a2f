using System.Collections.Concurrent;
using System.Data.Common;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Identity;

/// <summary>
/// The principals of the installation. All of them are in memory, so that every request can be checked against the newest state. Before
/// <see cref="LoadAsync"/> it knows nobody.
/// </summary>
/// <remarks>
/// Whoever changes a principal, its groups or its roles reads it anew with <see cref="RefreshAsync"/> after the commit and before answering.
/// One reads at a time, so nobody can put an older state over a newer one.
/// </remarks>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
public sealed class PrincipalDirectory(IMetadataDatabase database)
#pragma warning restore CA1001
{
    // Beyond so many it is cheaper to read everything at once.
    private const int OneByOne = 50;

    // By the only registry that knows the name, or the empty id for the directory's own.
    private readonly ConcurrentDictionary<(Guid Registry, string Name), DirectoryEntry> _byName = new();
    private readonly ConcurrentDictionary<Guid, DirectoryEntry> _byId = new();
    private readonly SemaphoreSlim _reading = new(1, 1);

    /// <param name="name">A user's name, or the application id of a service principal.</param>
    public DirectoryEntry? Find(string name) => _byName.GetValueOrDefault((Guid.Empty, name));

    /// <summary>Whoever can sign in to the registry by that name: its admin user and tokens, and those of the directory.</summary>
    public DirectoryEntry? Find(string name, Guid registryId) => _byName.GetValueOrDefault((registryId, name)) ?? Find(name);

    public DirectoryEntry? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>Reads all principals from the database.</summary>
    public Task LoadAsync() => InTurnAsync(ReadAllAsync);

    /// <param name="changed">A principal, or a group whose members or roles have changed.</param>
    internal Task RefreshAsync(Guid changed) => ReadAffectedAsync(db => DirectoryRows.WithMembersAsync(db, changed));

    /// <summary>The registry is gone for good, and with it those that only it knew.</summary>
    public void Forget(Guid registryId)
    {
        foreach (var (id, entry) in _byId)
        {
            if (entry.Principal.RegistryId == registryId)
                Remove(id);
        }
    }

    /// <summary>Reads everybody anew who has the role.</summary>
    internal Task RefreshRoleAsync(Guid roleId) => ReadAffectedAsync(db => DirectoryRows.HoldersAsync(db, roleId));

    private async Task InTurnAsync(Func<Task> read)
    {
        await _reading.WaitAsync();
        try
        {
            await read();
        }
        finally
        {
            _reading.Release();
        }
    }

    private Task ReadAffectedAsync(Func<DbConnection, Task<IReadOnlyList<Guid>>> affectedBy) => InTurnAsync(async () =>
    {
        var affected = await database.ReadAsync(affectedBy);
        if (affected.Count > OneByOne)
            await ReadAllAsync();
        else
            await ReadAsync(affected);
    });

    private async Task ReadAllAsync()
    {
        var entries = await database.ReadAsync(db => DirectoryRows.ReadAsync(db, null));
        foreach (var gone in _byId.Keys.Except(entries.Select(e => e.Principal.Id)).ToList())
            Remove(gone);
        foreach (var entry in entries)
            Publish(entry);
    }

    private async Task ReadAsync(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            if (await database.ReadAsync(db => DirectoryRows.ReadAsync(db, id)) is [var entry])
                Publish(entry);
            else
                Remove(id);
        }
    }

    private void Publish(DirectoryEntry entry)
    {
        _byId[entry.Principal.Id] = entry;
        _byName[NameOf(entry)] = entry;
    }

    private void Remove(Guid id)
    {
        if (_byId.TryRemove(id, out var entry))
            _byName.TryRemove(NameOf(entry), out _);
    }

    private static (Guid, string) NameOf(DirectoryEntry entry) => (entry.Principal.RegistryId ?? Guid.Empty, entry.Principal.Name);
}
